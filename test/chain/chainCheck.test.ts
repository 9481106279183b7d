import { expect, test } from 'vitest'
import { refuseOtherChain } from '../../src/chain/chainCheck.ts'
import { createClient, MAINNET } from '../../src/chain/client.ts'
import { WrongChain } from '../../src/chain/errors.ts'

const mainnet = createClient([], MAINNET)
const either = createClient([], { chainIds: [1n, 31_337n], grid: 1n })

test('default: a chain that the client is for passes', () => {
  expect(() => refuseOtherChain(mainnet, 1n, 'node')).not.toThrow()
  expect(() => refuseOtherChain(either, 31_337n, 'node')).not.toThrow()
})

test('error: WrongChain', () => {
  expect(() => refuseOtherChain(mainnet, 31_337n, 'node')).toThrow(WrongChain)
  expect(() => refuseOtherChain(either, 5n, 'node')).toThrow(WrongChain)
})
