import { describe, expect, test } from 'vitest'
import { UnexpectedReply, WrongChain } from '../../src/chain/errors.ts'
import { readApart } from '../../src/chain/readApart.ts'
import { lido } from '../../src/pools/lido.ts'
import { rocketPool } from '../../src/pools/rocketPool.ts'
import { clientOf, testChain } from '../support/chain.ts'
import { ignoreBlockTag, pretendChain, refuse } from '../support/faultProxy.ts'

const running = testChain()
const reads = [rocketPool.rate, lido.rate]
const at = (block: bigint) => ({ block, role: 'archive' }) as const

describe('readApart', () => {
  test.each([6n, 60n])('default: block %s, whether Multicall3 exists there or not', async block => {
    const reading = await readApart(clientOf(running.chain.url), reads, at(block))
    expect(reading).toMatchObject({ block, chainId: 31_337n, operator: 'a' })
    const direct = await Promise.all(
      reads.map(({ address, callData }) =>
        running.rpc('eth_call', [{ to: address, data: callData }, `0x${block.toString(16)}`]),
      ),
    )
    expect(reading.outcomes.map(({ returnData }) => returnData)).toEqual(direct)
  })

  test.each([6n, 60n])('error: UnexpectedReply where the endpoint ignores block %s', async block => {
    const proxy = await running.proxy(ignoreBlockTag)
    await expect(readApart(clientOf(proxy.url), reads, at(block))).rejects.toBeInstanceOf(UnexpectedReply)
  })

  test('error: UnexpectedReply where two operators answered in turn', async () => {
    const limited = await running.proxy(({ method, params }) => {
      const [call] = params as { data?: string }[]
      const isLido = method === 'eth_call' && call?.data === lido.rate.callData
      return isLido ? refuse(429, { message: 'rate limit' }) : undefined
    })
    const client = clientOf(limited.url, running.chain.url)
    await expect(readApart(client, reads, at(60n))).rejects.toBeInstanceOf(UnexpectedReply)
  })

  test('error: WrongChain', async () => {
    const proxy = await running.proxy(pretendChain(31_337, 5))
    await expect(readApart(clientOf(proxy.url), reads, at(6n))).rejects.toBeInstanceOf(WrongChain)
  })
})
