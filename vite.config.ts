import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { contentPolicy } from './src/build/contentPolicy.ts'
import { firstPaint } from './src/build/firstPaint.ts'
import { preconnect } from './src/build/preconnect.ts'
import { serviceWorker } from './src/build/serviceWorker.ts'
import { siteAddress } from './src/build/siteAddress.ts'

export default defineConfig({
  base: './',
  plugins: [
    react(),
    siteAddress(process.env['SITE_URL']),
    preconnect(),
    firstPaint(),
    contentPolicy(),
    serviceWorker(),
  ],
  build: {
    target: 'es2022',
    // The size budget follows the static imports written here.
    manifest: true,
    sourcemap: false,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // What the page needs at once comes first and stays out of 'chart', which takes its dependencies
            // along: a small package shared by both would otherwise make the page wait for the whole chart.
            { name: 'page', tags: ['$initial'], priority: 2 },
            // What the history needs comes in one request.
            { name: 'history', test: /\/(gatherHistory|past|sampleStore)\.ts$/, priority: 1 },
            { name: 'chart', test: /node_modules\/recharts\// },
          ],
        },
      },
    },
  },
})
