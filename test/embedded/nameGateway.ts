import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Address, decodeFunctionData, encodeAbiParameters, type Hex, parseAbi, toHex } from 'viem'
import { packetToBytes } from 'viem/ens'

const RESOLVE = parseAbi(['function resolve(bytes name, bytes data)'])
const CORS = { 'access-control-allow-origin': '*', 'access-control-allow-headers': 'content-type' }

/** A gateway that tells names' addresses; `asked` counts its questions. */
export type NameGateway = {
  /** For `nameGatewayCalls`: asked by GET with the data in the path, or by POST. */
  readonly getUrl: string
  readonly postUrl: string
  asked(): number
  stop(): Promise<void>
}

async function readData(incoming: IncomingMessage): Promise<Hex> {
  if (incoming.method === 'GET') return incoming.url?.split('/')[2] as Hex
  let text = ''
  for await (const chunk of incoming) text += chunk
  return JSON.parse(text).data
}

/** Start a gateway on 127.0.0.1 that knows these names, and answers 404 to all others. */
export async function startNameGateway(names: Readonly<Record<string, Address>>): Promise<NameGateway> {
  let asked = 0
  const known = new Map(
    Object.entries(names).map(([name, account]) => [toHex(packetToBytes(name)), account] as const),
  )
  const server = createServer(async (incoming, outgoing) => {
    if (incoming.method === 'OPTIONS') return void outgoing.writeHead(204, CORS).end()
    asked += 1
    const { args } = decodeFunctionData({ abi: RESOLVE, data: await readData(incoming) })
    const account = known.get(args[0])
    const headers = { ...CORS, 'content-type': 'application/json' }
    if (account === undefined) return void outgoing.writeHead(404, headers).end('{"message":"not known"}')
    const data = encodeAbiParameters([{ type: 'address' }], [account])
    outgoing.writeHead(200, headers).end(JSON.stringify({ data }))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    getUrl: `${url}/{sender}/{data}`,
    postUrl: url,
    asked: () => asked,
    stop: () =>
      new Promise(resolve => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
