import { formatTime } from '../../format/time.ts'
import styles from './Crosshair.module.css'
import { LineMark } from './LineMark.tsx'
import { MARK_WORDS, MarkSign } from './Marks.tsx'
import { FEW, focusOf, type Reading } from './readings.ts'

type Props = {
  readonly at: number
  readonly readings: readonly Reading[]
  /** Id of the line of which everything is said. */
  readonly focus: string | undefined
}

/** A loss is a fall of a pool's rate; a price below the rate is none. */
const isLoss = ({ line, value }: Reading): boolean => line.isStairs && value !== null && value < 0

/** The values under the crosshair, exact: of a few lines with what they rest on, of many with that of one. */
export function Tip({ at, readings, focus }: Props) {
  const isShort = readings.length > FEW
  const told = focusOf(readings, focus)
  return (
    <div className={styles['tip']}>
      <p>{formatTime(BigInt(at))}</p>
      <dl>
        {readings.map(reading => {
          const { line, tip, marks } = reading
          const isTold = reading === told
          return (
            <div key={line.id} data-focus={isShort && isTold ? '' : undefined}>
              <dt>
                <LineMark line={line} isSymbol />
                <span style={{ color: line.colour }}>{line.name}</span>
              </dt>
              <dd data-loss={isLoss(reading) ? '' : undefined}>
                {marks.map(kind => (
                  <MarkSign key={kind} kind={kind} colour={line.colour} />
                ))}
                {tip?.value ?? <i>not known</i>}
              </dd>
              {isShort || tip === undefined ? null : (
                <dd className={styles['detail']}>{detailOf(reading)}</dd>
              )}
            </div>
          )
        })}
      </dl>
      {isShort && told?.tip !== undefined ? (
        <p className={styles['detail']}>
          {told.line.name}: {detailOf(told)}
        </p>
      ) : null}
    </div>
  )
}

const detailOf = ({ tip, marks }: Reading): string =>
  [...marks.map(kind => MARK_WORDS[kind]), tip?.detail].join(', ')

/** What is said aloud after a key: the time, and the values of a few lines or of the one in focus. */
export function spoken({ at, readings, focus }: Props): string {
  const time = formatTime(BigInt(at))
  const say = ({ line, tip }: Reading): string => `${line.name} ${tip?.value ?? 'not known'}`
  if (readings.length <= FEW) return [time, ...readings.map(say)].join(', ')
  const told = focusOf(readings, focus)
  if (told === undefined) return time
  const known = readings.filter(({ tip }) => tip !== undefined).length
  const detail = told.tip === undefined ? '' : `, ${detailOf(told)}`
  return `${time}, ${say(told)}${detail}. ${known} of ${readings.length} lines have a value.`
}
