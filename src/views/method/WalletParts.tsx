import { Example, Part } from './Part.tsx'

/** How the figures of a wallet come about. */
export function WalletParts() {
  return (
    <>
      <Part id="earned">
        <p>
          A holding is units times rate. Units stay the same between two transfers: tokens, or the shares
          behind a balance that grows. Earned is the sum, over every change of the rate, of the units held
          before it times the change; the same as what is held at the end, less what came in, and plus what
          went out, each at the rate of its own moment.
        </p>
        <Example
          lines={[
            'came: 10 × 1.109108968273799865 + 4 × 1.109186773842756246 = 15.527836778109023634 ETH',
            'went: 6 × 1.114806047305822963 = 6.688836283834937778 ETH',
            'worth: 8 × 1.115282793519138543 = 8.922262348153108344 ETH',
            'earned: worth + went − came = 0.083261853879022488 ETH',
          ]}
        />
        <p>
          By the logs of transfers it is exact to the wei: each block since the first holding is searched, and
          what logs tell is held against the balances. By balances alone what moved between two moments came
          at a rate between theirs, which is the ±; what came and went again between them is not seen. The
          card says which it was. What moves between two addresses of one wallet is no move.
        </p>
      </Part>
      <Part id="lots">
        <p>
          What came in together is a lot. What goes out is taken from the oldest lots first, or an equal part
          of all at their average cost, at the protocol’s rates and not at what a market paid. Realised and
          unrealised together are what was earned. It is no tax advice.
        </p>
        <Example
          lines={[
            'first in, first out: realised 0.034182474192138588 ETH, unrealised 0.049079379686883900 ETH',
            'average cost: realised 0.034049093216784792 ETH, unrealised 0.049212760662237696 ETH',
          ]}
        />
      </Part>
    </>
  )
}
