import { Example, Part } from './Part.tsx'

/** How a yield is made of two rates, and how sure it is. */
export function YieldParts() {
  return (
    <>
      <Part id="reports">
        <p>
          The history has two kinds of evidence. A sample is the contracts’ own answer at one block, one a day
          at fixed blocks, kept in your browser for ever once it is final. A report is an event by which an
          oracle tells the new rate: Rocket Pool, Lido, Ankr, Coinbase, Binance, Swell, Liquid Collective and
          ether.fi have them. Those of the last 100 days are read by themselves, others when you ask for them.
        </p>
        <p>
          An oracle measures first, and its report lands in a block later. Yield counts from the measuring,
          where the event tells it (Rocket Pool, Lido), else from the landing.
        </p>
        <Example
          lines={[
            'Rocket Pool, block 20,123,856: measured 2024-06-19 06:00:00 UTC, landed 803 s later',
            'Rocket Pool, block 20,682,453: measured 2024-09-05 06:00:00 UTC, landed 767 s later',
          ]}
        />
        <p>
          Reports are believed only where the next sample shows the rate of the last of them, none lies beyond
          the two samples around it, and each was measured after the one before. Otherwise the samples are
          taken, as if there were no report, and the page says so. The events at the ends of the usual windows
          are asked of a second operator as well.
        </p>
      </Part>
      <Part id="yield">
        <p>
          APY is (R₂ ÷ R₁)^(year ÷ Δt) − 1, and APR is (R₂ ÷ R₁ − 1) × year ÷ Δt, with a year of 365 days and
          Δt the true time between the two ends. Seven days of Rocket Pool, up to 5 September 2024:
        </p>
        <Example
          lines={[
            'R₁ = 1.114806047305822963, R₂ = 1.115282793519138543',
            'Δt = 604,800 s',
            'APR = 2.22988651 %, APY = 2.25444690 %',
          ]}
        />
        <p>
          The growth is divided by the first rate. Divided by 1, as if the token had begun at one ETH, it is
          too high by the rate itself: for cbETH in September 2026 2.7464 % in place of 2.4087 %.
        </p>
      </Part>
      <Part id="ends">
        <p>
          Most pools change their rate about once a day. A window ends at the last report and starts at the
          report nearest to one window earlier. The true span and the number of reports stand under each
          yield: “30.1 d, 31 reports” may stand there when 30 days were asked for. Cut by the clock instead, a
          window holds one day’s step more or less, by chance. What that makes of 3.00 % a year:
        </p>
        <Example
          lines={['over 7 d: 2.57 to 3.43 %', 'over 30 d: 2.90 to 3.10 %', 'over 90 d: 2.97 to 3.03 %']}
        />
        <p>
          osETH, sfrxETH and apxETH move with every block: each sample is exact, and flat stretches count as
          flat. A rate that falls gives a negative yield and is shown as such. A pool that falls silent keeps
          its last yield, with the age of its last report beside it.
        </p>
      </Part>
      <Part id="sureness">
        <p>
          “Exact” stands where both ends are reports whose times are known. A sample shows a change somewhat
          after it happened: the true moment lies up to the sample before. The figure after ± says what that
          can do to the yield. Two updates of cbETH two weeks apart, by their events and as daily samples show
          them:
        </p>
        <Example
          lines={[
            'by reports: 1,295,988 s, APY = 3.3225 %, exact',
            'by samples: 1,304,460 s, APY = 3.3006 %',
            'at least 1,218,060 s: 3.5388 %, at most 1,390,860 s: 3.0924 %',
            'shown: 3.30 % ±0.24',
          ]}
        />
        <p>
          Rocket Pool and Lido measure up to hours before they report, and samples do not show that: their
          ends may lie 6 h earlier still, and their ± is wider by it. Over 7 days of daily samples an APR of
          3.00 % is sure to ±0.50, with these 6 hours to ±0.65; over 90 days to ±0.03 and ±0.04.
        </p>
      </Part>
      <Part id="single">
        <p>
          The receipt of a yield gives what the single reports in it would give: the median, the lowest and
          the highest. One exceptional report lifts a mean as long as the window holds it, and hardly moves
          the median. Lido in April 2025:
        </p>
        <Example
          lines={['seven days, an APR of 7.34 % once, amid 2.7 to 3.3 %', 'mean 3.71 %, median 3.16 %']}
        />
      </Part>
    </>
  )
}
