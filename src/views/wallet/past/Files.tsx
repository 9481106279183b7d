import { useState } from 'react'
import type { LotMethod } from '../../../math/lots.ts'
import { walletAssets } from '../../../pools/walletAssets.ts'
import { useSession } from '../../../queries/session.ts'
import type { PastSource } from '../../receipt/pastReceipts.ts'
import press from '../../ui/Press.module.css'
import { saveFile } from '../../ui/saveFile.ts'
import styles from './Past.module.css'

type Props = {
  readonly source: PastSource
  readonly chainId: bigint | undefined
  readonly method: LotMethod
}

const TYPES = { csv: 'text/csv', json: 'application/json' } as const
type Kind = keyof typeof TYPES

/** The file is named after the block, not after the wallet: a folder of downloads is seen by others. */
const nameOf = ({ past }: PastSource, kind: Kind): string =>
  `poolglass-wallet-${past.moments.at(-1)?.block ?? 'empty'}.${kind}`

/** Save what came and went, with the lots of the method chosen above: for spreadsheets, or with receipts. */
export function Files({ source, chainId, method }: Props) {
  const { tokenPools } = useSession()
  const [why, setWhy] = useState<string>()
  if (chainId === undefined) return null
  const save = async (kind: Kind): Promise<void> => {
    const { walletCsv, walletJson } = await import('../../../format/walletFiles.ts')
    const input = { ...source, assets: walletAssets(tokenPools), chainId, method }
    saveFile(nameOf(source, kind), TYPES[kind], kind === 'csv' ? walletCsv(input) : walletJson(input))
  }
  const attempt = (kind: Kind): void => {
    setWhy(undefined)
    save(kind).catch((error: unknown) => setWhy(error instanceof Error ? error.message : String(error)))
  }
  return (
    <div className={styles['bar']}>
      <span>Save as</span>
      <button type="button" className={press['press']} onClick={() => attempt('csv')}>
        CSV
      </button>
      <button type="button" className={press['press']} onClick={() => attempt('json')}>
        JSON with receipts
      </button>
      {why === undefined ? null : <p role="alert">Nothing was saved. {why}</p>}
    </div>
  )
}
