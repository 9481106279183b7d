/**
 * Give a text as the value of a date field, which takes days of the calendar alone and complains of others. Early years
 * are among them: 0002 and 0020 come before 2026 while it is being typed.
 */
export const dateFieldValue = (text: string): string =>
  /^\d{4}-\d\d-\d\d$/.test(text) &&
  !text.startsWith('0000') &&
  new Date(text).toJSON()?.startsWith(text) === true
    ? text
    : ''
