import { defineConfig } from 'vitest/config'
import { CountReporter } from './test/support/countReporter.ts'

const viewTests = ['test/views/**/*.test.{ts,tsx}', 'test/app/**/*.test.{ts,tsx}']
const browserTests = ['test/browser/**/*.test.ts']

export default defineConfig({
  test: {
    reporters: ['default', new CountReporter()],
    globals: false,
    maxWorkers: 2,
    restoreMocks: true,
    unstubGlobals: true,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [...viewTests, ...browserTests],
          // The chain tests start a real node.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'views',
          environment: 'jsdom',
          include: viewTests,
          setupFiles: ['test/support/cleanViews.ts'],
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          environment: 'node',
          include: browserTests,
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // A page on a busy machine takes longer than the second that is usual.
          expect: { poll: { timeout: 15_000 } },
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
