import { DEMO_WALLETS, OTHERS, PLACES } from './addresses.ts'
import type { KeeperCall } from './keeperCall.ts'
import { ETHER } from './line.ts'
import { measuredBlock } from './schedule.ts'
import type { Twin } from './twins/twin.ts'
import { buyCall, etherCall, lockCall, moveSharesCall, sellCall } from './walletCalls.ts'
import type { WalletScript } from './walletScript.ts'

/** Give what the demo wallets do in a history of so many days: buy, receive and sell, one of each twin's tokens among it. */
export function demoScript(days: number, twins: readonly Twin[]): WalletScript {
  const { everything, rethOnly } = DEMO_WALLETS
  const at = (percent: number, ...calls: readonly KeeperCall[]) => ({
    at: { day: Math.floor((days * percent) / 100) },
    calls,
  })
  const holdings = twins.flatMap(twin => twin.holdings).map(token => buyCall(token, everything, ETHER))
  return [
    at(8, etherCall(everything, (32n * ETHER) / 10n)),
    at(10, buyCall(PLACES.reth, everything, 10n * ETHER)),
    at(17, buyCall(PLACES.ankrEth, everything, 5n * ETHER)),
    at(25, moveSharesCall({ from: OTHERS, to: everything }, (35n * ETHER) / 10n)),
    at(32, buyCall(PLACES.wsteth, everything, (78n * ETHER) / 10n)),
    at(37, buyCall(PLACES.reth, rethOnly, 32n * ETHER)),
    at(45, buyCall(PLACES.reth, everything, (65n * ETHER) / 10n)),
    // Before that day’s reports: some of these pools move their rates by more than their reports.
    { at: { block: measuredBlock(Math.floor((days * 55) / 100)) }, calls: holdings },
    at(60, lockCall(everything, 2n * ETHER)),
    at(76, sellCall(PLACES.reth, everything, 2n * ETHER)),
    at(88, etherCall(everything, (15n * ETHER) / 10n)),
  ]
}
