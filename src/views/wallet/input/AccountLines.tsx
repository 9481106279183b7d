import { useState } from 'react'
import { formatBlock } from '../../../format/number.ts'
import { hostsToAsk, isNameProblem, type Named } from '../../../queries/name.ts'
import callouts from '../../ui/Callout.module.css'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import press from '../../ui/Press.module.css'
import styles from './Input.module.css'
import type { AccountLine } from './useAccounts.ts'
import { listed } from './words.ts'

type Agree = (name: string, hosts: readonly string[]) => void

type ConsentProps = { readonly name: string; readonly hosts: readonly string[]; readonly agree: Agree }

/** Ask before other servers are told of a name. */
function Consent({ name, hosts, agree }: ConsentProps) {
  const [isDeclined, setIsDeclined] = useState(false)
  const servers = listed(hosts)
  return (
    <div className={callouts['callout']} role="alert">
      <p>
        The address of {name} is not kept on the chain.{' '}
        {isDeclined
          ? `${servers} ${hosts.length === 1 ? 'was' : 'were'} not asked. Paste the address that starts with 0x instead.`
          : `It takes asking ${servers}, who would learn that somebody at your network address looks for this name.`}
      </p>
      <p className={callouts['ways']}>
        {isDeclined ? null : <span>Ask {servers}?</span>}
        <button type="button" className={press['press']} onClick={() => agree(name, hosts)}>
          {isDeclined ? 'Ask after all' : 'Yes, ask'}
        </button>
        {isDeclined ? null : (
          <button type="button" className={press['press']} onClick={() => setIsDeclined(true)}>
            No
          </button>
        )}
      </p>
    </div>
  )
}

function Resolved({ typed, named }: { readonly typed: string; readonly named: Named }) {
  const { name, address, block, operator, hosts } = named
  return (
    <>
      <p className={styles['address']}>{address}</p>
      <p>
        {typed === name ? '' : `${typed}, read as `}
        <b>{name}</b> is this address at block {formatBlock(block)}, says {operator}
        {hosts.length === 0 ? '' : `, as ${listed(hosts)} told its contract`}.
      </p>
    </>
  )
}

type LineProps = { readonly line: AccountLine; readonly agree: Agree; readonly where: string }

function Line({ line, agree, where }: LineProps) {
  if (line.kind === 'address') return <p className={styles['address']}>{line.address}</p>
  if (line.kind === 'pending') return <p>Looking up {line.name}…</p>
  if (line.kind === 'named') return <Resolved typed={line.name} named={line.named} />
  const { name, error, retry, isRetrying } = line
  const hosts = hostsToAsk(error)
  if (hosts !== undefined && hosts.length > 0) return <Consent name={name} hosts={hosts} agree={agree} />
  if (isNameProblem(error))
    return (
      <p className={callouts['callout']} data-tone="failure" role="alert">
        {where}
        {error.message}
      </p>
    )
  return <ErrorNote what={`the name ${name}`} error={error} retry={retry} isRetrying={isRetrying} />
}

type Props = { readonly lines: readonly AccountLine[]; readonly agree: Agree }

/** Whose figures these are: each address whole, and beside it the name that led to it. */
export function AccountLines({ lines, agree }: Props) {
  const isHeldUp = lines.length > 1 && lines.some(({ kind }) => kind === 'failed')
  return (
    <>
      <ol
        className={styles['lines']}
        aria-label="Accounts"
        aria-live="polite"
        data-alone={lines.length === 1}
      >
        {lines.map((line, index) => (
          <li key={line.kind === 'address' ? line.address : line.name}>
            <Line
              line={line}
              agree={agree}
              where={lines.length === 1 ? '' : `Entry ${index + 1} of ${lines.length}: `}
            />
          </li>
        ))}
      </ol>
      {lines.some(({ kind }) => kind === 'named') ? (
        <p className={styles['hint']}>
          A name can be given another address at any time: the address is what counts.
        </p>
      ) : null}
      {isHeldUp ? (
        <p className={styles['hint']}>
          The others are not read until this is mended or removed, for the sum would not be the whole
          wallet’s.
        </p>
      ) : null}
    </>
  )
}
