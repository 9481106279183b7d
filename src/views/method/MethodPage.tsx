import { useEffect } from 'react'
import page from '../ui/Page.module.css'
import { useTitle } from '../ui/useTitle.ts'
import { Contents } from './Contents.tsx'
import styles from './MethodPage.module.css'
import { Example, Part } from './Part.tsx'
import { METHOD_PARTS } from './parts.ts'
import { WalletParts } from './WalletParts.tsx'
import { YieldParts } from './YieldParts.tsx'

function SourceParts() {
  return (
    <>
      <Part id="sources">
        <p>
          From contracts on the chain: the pools’ own for rates, supplies and what they tell of fees and
          reports, market feeds for prices. A fee that no contract tells is a published figure and says so.
          Everything live comes from one call that returns the block’s own number and time with the figures.
          Figures open a receipt: the block, the contract, the call, the raw answer, the formula, and a
          command that repeats it. The examples on this page are from mainnet.
        </p>
      </Part>
      <Part id="belief">
        <p>
          The live figures are asked of a second operator at the same block. Where two differ, a third is
          asked; two against one put the one aside, and one against one is shown as a dispute. An operator’s
          history counts once one of its samples was held against another’s; falls and leaps are read again.
          That an endpoint has no events to show is believed only where it has shown some. Two who agree are
          no proof; for rETH’s rate there is one, from the block’s own hash.
        </p>
      </Part>
      <Part id="rate">
        <p>
          What one token is worth in the pool’s own terms, in ETH, with 18 decimals. It is already net of the
          pool’s fee. It is the protocol’s rate, not a market’s. sfrxETH, apxETH and wOETH count frxETH, pxETH
          and OETH instead; where they are added up or put into US dollars, each counts as one ETH, which no
          contract promises.
        </p>
        <Example
          lines={['rETH on 19 June 2024: 559,223.438… ETH ÷ 504,209.644… rETH = 1.109108968273799865']}
        />
        <p>
          At Mantle, Liquid Collective and ether.fi ordinary stakes move the rate by rounding. Steps up to a
          millionth are such dust, and no report.
        </p>
      </Part>
    </>
  )
}

function PictureParts() {
  return (
    <>
      <Part id="marks">
        <p>
          Marked on the chart are falls, exceptional reports and late ones. Exceptional is a report further
          from the median of the 15 before and the 15 after than three median absolute deviations, and by more
          than a basis point. Late is one that came more than one and a half times the usual time after the
          one before.
        </p>
        <Example
          lines={[
            'exceptional: 7.34 % amid 2.7 to 3.3 %, 4.0 points or more from the median',
            'late: cbETH, 172,800 s after the one before',
          ]}
        />
      </Part>
      <Part id="chart">
        <p>
          Every point of a yield is the window that ends there, by the same formula. Rates that are stairs are
          drawn as stairs. Growth is the rate divided by the rate in force at the start of the range.
        </p>
        <Example lines={['rETH, from 19 June to 5 September 2024: 1 ETH became 1.005566473107640202 ETH']} />
      </Part>
      <Part id="what-if">
        <p>
          The amount divided by the rate of that day gives tokens; tokens times the rate now give the worth.
          Both are rounded down. Fees of entry and exit, market prices, gas and taxes are not counted. What
          today’s yield would give over a year is a projection, and marked as one.
        </p>
        <Example
          lines={[
            '10 ETH ÷ 1.109108968273799865 = 9.016246632252776887 rETH',
            '9.016246632252776887 × 1.115282793519138543 = 10.055664731076402028 ETH',
            'a year at an APY of 2.25444690 %: 10.225444689854200220 ETH',
          ]}
        />
      </Part>
    </>
  )
}

function FactParts() {
  return (
    <>
      <Part id="supply">
        <p>
          What is in the pool: the contract’s own total where it has one, else tokens in existence times rate.
          Wrapped and rebasing forms of the same stake are never added: wstETH is inside stETH’s total, weETH
          inside eETH’s, aETHb inside ankrETH’s supply. What else a figure leaves out stands on its receipt.
          Totals grow with deposits, so no yield is taken from them:
        </p>
        <Example
          lines={['stETH, over 107 days: +9.77 % in all, most of it deposits; a share +1.09 %, the yield']}
        />
      </Part>
      <Part id="fee">
        <p>
          The pool’s part of the rewards, read from its contract where one tells it. Where none does, a
          published figure stands there and is marked; its receipt names who says so. Nothing is to be
          subtracted: rates are net of it.
        </p>
      </Part>
      <Part id="premium">
        <p>
          What a market pays over (or under) the protocol’s own rate at the same block: price ÷ rate − 1.
          Feeds that only repeat the protocol’s rate are not read, one that was not updated for a day gives
          nothing, and below half a percent it may be the feed’s own noise, which is marked.
        </p>
      </Part>
      <Part id="last-report">
        <p>
          As the pool’s contract tells it; where none does, when the last report landed, or between which two
          samples the rate changed. It is late after one and a half times its usual cadence, and “flat” where
          a stream of rewards has ended and no other has begun.
        </p>
      </Part>
      <Part id="unknown">
        <p>
          A dash, never a zero. Press it, and it says why. Blocks that are not final yet are read again at
          each visit; nothing that can still change is kept.
        </p>
      </Part>
    </>
  )
}

/** Bring the part that the address names into sight; any other name leads to the top. */
function useNamedPart(part: string | undefined): void {
  useEffect(() => {
    if (part === undefined || !Object.hasOwn(METHOD_PARTS, part)) return
    const heading = document.getElementById(part)
    heading?.scrollIntoView()
    heading?.focus({ preventScroll: true })
  }, [part])
}

type Props = { readonly part?: string | undefined }

/**
 * The semantics of the figures, for readers. METHOD.md says the same at length.
 * @param part id of the part to show first
 */
export function MethodPage({ part }: Props) {
  useNamedPart(part)
  useTitle(
    'About the numbers',
    'How rates, implied yields and a wallet’s earnings are worked out, and what is not known.',
  )
  return (
    <article className={`${page['page']} ${styles['method']}`}>
      <h1>About the numbers</h1>
      <Contents />
      <SourceParts />
      <YieldParts />
      <PictureParts />
      <WalletParts />
      <FactParts />
    </article>
  )
}
