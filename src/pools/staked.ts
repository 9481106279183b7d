import { definePool } from './definePool.ts'

export const staked = definePool({
  kind: 'tokenless',
  id: 'staked',
  name: 'Staked',
  category: 'institution',
})
