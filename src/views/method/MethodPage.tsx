import styles from './MethodPage.module.css'

/** The semantics of the figures, for readers. METHOD.md says the same at length. */
export function MethodPage() {
  return (
    <article className={styles['page']}>
      <h1>About the numbers</h1>
      <h2>Where they come from</h2>
      <p>
        From contracts on the chain: the pools’ own for rates, supplies and what they tell of fees and
        reports, market feeds for prices. A fee that no contract tells is a published figure and says so.
        Everything live comes from one call that returns the block’s own number and time with the figures.
        Figures open a receipt: the block, the contract, the call, the raw answer, the formula, and a command
        that repeats it.
      </p>
      <h2>Rate</h2>
      <p>
        What one token is worth in the pool’s own terms, in ETH, with 18 decimals. It is already net of the
        pool’s fee. It is the protocol’s rate, not a market’s. sfrxETH, apxETH and wOETH count frxETH, pxETH
        and OETH instead; where they are added up or put into US dollars, each counts as one ETH, which no
        contract promises.
      </p>
      <h2>Implied APY and APR</h2>
      <p>
        APY is (R₂ ÷ R₁)^(year ÷ Δt) − 1, and APR is (R₂ ÷ R₁ − 1) × year ÷ Δt, with a year of 365 days and Δt
        the true time between the two ends. An example from Rocket Pool’s reports: 1.108864467… on 16 June
        2024 and 1.109108968… 259,200 seconds later give an APR of 2.6827 % and an APY of 2.7187 %.
      </p>
      <h2>The two ends</h2>
      <p>
        Most pools change their rate about once a day, when an oracle reports; osETH, sfrxETH and apxETH move
        with every block. The end of a window is the last change seen; its start is the change nearest to one
        window earlier. The true span stands under each yield: “30.1 d” may stand there when 30 days were
        asked for. A rate that falls gives a negative yield and is shown as such.
      </p>
      <h2>How sure</h2>
      <p>
        History is read in samples, one a day at fixed blocks, kept in your browser for ever. A change of rate
        shows in the first sample after it, so the true moment lies up to a sample earlier. The figure after ±
        says what that can do to the yield; it matters over 7 days and hardly over 90. The newest sample is
        the reading of just now.
      </p>
      <h2>Supply</h2>
      <p>
        What is in the pool: the contract’s own total where it has one, else tokens in existence times rate.
        Wrapped and rebasing forms of the same stake are never added: wstETH is inside stETH’s total, weETH
        inside eETH’s, aETHb inside ankrETH’s supply. What else a figure leaves out stands on its receipt.
      </p>
      <h2>Fee</h2>
      <p>
        The pool’s part of the rewards, read from its contract where one tells it. Where none does, a
        published figure stands there and is marked; its receipt names who says so. Nothing is to be
        subtracted: rates are net of it.
      </p>
      <h2>Premium</h2>
      <p>
        What a market pays over (or under) the protocol’s own rate at the same block. Feeds that only repeat
        the protocol’s rate are not read, one that was not updated for a day gives nothing, and below half a
        percent it may be the feed’s own noise, which is marked.
      </p>
      <h2>Last report</h2>
      <p>
        As the pool’s contract tells it; where none does, between which two samples the rate changed. It is
        late after one and a half times its usual cadence, and “flat” where a stream of rewards has ended and
        no other has begun.
      </p>
      <h2>What is not known</h2>
      <p>
        A dash, never a zero. Press it, and it says why. Blocks that are not final yet are read again at each
        visit; nothing that can still change is kept.
      </p>
    </article>
  )
}
