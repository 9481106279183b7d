import styles from './MethodPage.module.css'

/** The semantics of the figures, for readers. METHOD.md says the same at length. */
export function MethodPage() {
  return (
    <article className={styles['page']}>
      <h1>About the numbers</h1>
      <h2>Where they come from</h2>
      <p>
        From the pools’ contracts and nowhere else. Everything live comes from one call that returns the
        block’s own number and time with the figures. Every figure opens its receipt: the block, the contract,
        the call, the raw answer and the formula with the numbers put in, and a command that repeats it.
      </p>
      <h2>Rate</h2>
      <p>
        What one token is worth in the pool’s own terms, in ETH, with 18 decimals. It is already net of the
        pool’s fee. It is the protocol’s rate, not a market’s.
      </p>
      <h2>Implied APY and APR</h2>
      <p>
        APY is (R₂ ÷ R₁)^(year ÷ Δt) − 1, and APR is (R₂ ÷ R₁ − 1) × year ÷ Δt, with a year of 365 days and Δt
        the true time between the two ends. An example from Rocket Pool’s reports: 1.108864467… on 16 June
        2024 and 1.109108968… 259,200 seconds later give an APR of 2.6827 % and an APY of 2.7187 %.
      </p>
      <h2>The two ends</h2>
      <p>
        Most pools change their rate about once a day, when an oracle reports. The end of a window is the last
        change seen; its start is the change nearest to one window earlier. The true span stands under each
        yield: “30.1 d” may stand there when 30 days were asked for. A rate that falls gives a negative yield
        and is shown as such.
      </p>
      <h2>How sure</h2>
      <p>
        History is read in samples, one a day at fixed blocks, kept in your browser for ever. A change of rate
        shows in the first sample after it, so the true moment lies up to a sample earlier. The figure after ±
        says what that can do to the yield; it matters over 7 days and hardly over 90.
      </p>
      <h2>Supply</h2>
      <p>
        The ether in the pool: the contract’s own total where it has one, else tokens in existence times rate.
        Wrapped and rebasing forms of the same stake are never added: wstETH is inside stETH’s total, aETHb
        inside ankrETH’s supply.
      </p>
      <h2>What is not known</h2>
      <p>
        A dash, never a zero. Rest the pointer on it, or let your screen reader read it, and it says why.
        Blocks that are not final yet are read again at each visit; nothing that can still change is kept.
      </p>
    </article>
  )
}
