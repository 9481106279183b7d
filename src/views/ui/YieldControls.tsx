import { MEASURE_LABELS, MEASURES, useViewState, WINDOW_LABELS, WINDOWS } from '../state/viewState.ts'
import { Segmented } from './Segmented.tsx'

/** Over which window a yield is measured, and as what. The same choice serves table, headlines and chart. */
export function YieldControls({ context }: { readonly context: string }) {
  const [{ window, measure }, change] = useViewState()
  return (
    <>
      <Segmented
        label={`Window of the yield, ${context}`}
        caption="Window"
        options={WINDOWS}
        labels={WINDOW_LABELS}
        value={window}
        onChange={value => change({ window: value })}
      />
      <Segmented
        label={`Yield as, ${context}`}
        options={MEASURES}
        labels={MEASURE_LABELS}
        value={measure}
        onChange={value => change({ measure: value })}
      />
    </>
  )
}
