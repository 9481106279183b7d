import type { AboutToken } from '../definePool.ts'

export const frax: AboutToken = {
  summary:
    'frxETH is the plain token, sfrxETH the one that grows: rewards drip in for up to seven days, block by block.',
  supply: 'Tokens × rate, in frxETH. frxETH that is not staked here is not in this figure.',
  lastReport: 'When the present cycle of rewards began to drip.',
  market: 'Frax’s own oracle of prices at Curve and Uniswap, not Chainlink’s. It prices frxETH.',
  exit: 'sfrxETH is turned into frxETH by its own contract; frxETH into ether through a redemption queue, whose length is not read.',
  contracts: [
    { name: 'sfrxETH', address: '0xac3E018457B222d93114458476f3E3416Abbe38F' },
    { name: 'frxETH', address: '0x5E8422345238F34275888049021821E8E08CAa1f', note: 'what the rate counts' },
    { name: 'FraxEtherRedemptionQueue', address: '0x82bA8da44Cd5261762e629dd5c605b17715727bd' },
  ],
  links: [{ label: 'Frax', url: 'https://frax.com' }],
}
