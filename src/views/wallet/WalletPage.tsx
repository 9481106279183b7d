import { useState } from 'react'
import { type Entry, InvalidWallet, parseWallet } from '../../pools/account.ts'
import { useLook } from '../state/walletMemory.ts'
import { Boundary } from '../ui/Boundary.tsx'
import page from '../ui/Page.module.css'
import press from '../ui/Press.module.css'
import { useTitle } from '../ui/useTitle.ts'
import { AskInstead } from './AskInstead.tsx'
import { Holdings } from './Holdings.tsx'
import { AccountLines } from './input/AccountLines.tsx'
import { Recents } from './input/Recents.tsx'
import { Remarks } from './input/Remarks.tsx'
import { Remember } from './input/Remember.tsx'
import { ShareLink } from './input/ShareLink.tsx'
import { useAccounts } from './input/useAccounts.ts'
import { WALLET_TITLE, WalletForm } from './input/WalletForm.tsx'
import { textOf } from './input/words.ts'
import { Past } from './past/Past.tsx'
import styles from './WalletPage.module.css'
import { WaysOut } from './WaysOut.tsx'

function Introduction() {
  return (
    <p className={page['lead']}>
      Paste one address or several and see what they hold of ETH and of every pool’s token, what that has
      earned, and how to leave. Nothing is connected or signed. One endpoint sees the addresses; the page’s
      own address does not hold them unless you share a link, and nothing is stored unless you ask.
    </p>
  )
}

type ToolsProps = {
  readonly texts: readonly string[]
  /** Undefined while they are not all known. */
  readonly accounts: readonly string[] | undefined
}

/** What can be done with a wallet that is being looked at: another one stays behind a button. */
function Tools({ texts, accounts }: ToolsProps) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <div className={styles['tools']}>
        <button
          type="button"
          className={press['press']}
          aria-expanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
        >
          Change the addresses
        </button>
        {accounts === undefined ? null : (
          <>
            <Remember wallet={texts} />
            <ShareLink accounts={accounts} />
          </>
        )}
      </div>
      {isOpen ? (
        <>
          <WalletForm text={texts.join(',')} />
          <Recents />
        </>
      ) : null}
    </>
  )
}

/** The accounts that entries stand for, and once all are known what they hold. */
function Looked({ entries }: { readonly entries: readonly Entry[] }) {
  const [agreed, setAgreed] = useState<Readonly<Record<string, readonly string[]>>>({})
  const { lines, accounts } = useAccounts(entries, agreed)
  const agree = (name: string, hosts: readonly string[]): void =>
    setAgreed({ ...agreed, [name]: [...(agreed[name] ?? []), ...hosts] })
  const texts = entries.map(textOf)
  const isRefused = lines.some(line => line.kind === 'failed' && line.isOfEndpoint)
  return (
    <>
      <AccountLines lines={lines} agree={agree} />
      {isRefused ? <AskInstead /> : null}
      <Tools texts={texts} accounts={accounts} />
      {accounts === undefined ? null : (
        <>
          <Remarks accounts={accounts} />
          <Boundary what="the wallet">
            <Holdings accounts={accounts} />
          </Boundary>
          <Boundary what="the wallet’s past">
            <Past accounts={accounts} />
          </Boundary>
          <Boundary what="the ways out">
            <WaysOut accounts={accounts} />
          </Boundary>
        </>
      )}
    </>
  )
}

function parsed(text: string): { readonly entries: readonly Entry[] } | { readonly problem: string } {
  try {
    return { entries: parseWallet(text) }
  } catch (error) {
    if (error instanceof InvalidWallet) return { problem: error.message }
    throw error
  }
}

function Body({ text }: { readonly text: string }) {
  const [result] = useState(() => parsed(text))
  return 'problem' in result ? (
    <>
      <WalletForm text={text} problem={result.problem} />
      <Recents />
    </>
  ) : (
    <Looked entries={result.entries} />
  )
}

type Props = {
  /** Entries out of a shared link; undefined under `#/wallet`, which shows what this visit remembers. */
  readonly text: string | undefined
}

/** What pasted addresses and names hold together. */
export function WalletPage({ text: linked }: Props) {
  const look = useLook()
  const text = linked ?? look?.text
  useTitle('Wallet', 'What Ethereum addresses hold of each staking pool’s token, and what that has earned.')
  return (
    <section className={page['page']} aria-labelledby={WALLET_TITLE}>
      <h1 id={WALLET_TITLE} tabIndex={-1}>
        Wallet
      </h1>
      {text === undefined ? (
        <>
          <Introduction />
          <WalletForm text="" />
          <Recents />
        </>
      ) : (
        <Body key={linked === undefined ? look?.key : linked} text={text} />
      )}
    </section>
  )
}
