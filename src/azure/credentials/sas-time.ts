const FORM = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,7}))?)?(?:Z|([+-])(\d\d):(\d\d)))?$/;

/** A time in a signature or a stored access policy. */
export type SasTime = {
  /** Epoch ms, rounded down. */
  epochMs: number;
  /** UTC with seven decimals, as the service returns it. */
  text: string;
};

/**
 * Reads `YYYY-MM-DD`, `YYYY-MM-DDThh:mmTZD`, with seconds or with up to seven decimals of them; `TZD` is `Z` or an
 * offset. Undefined for all else: learn.microsoft.com/rest/api/storageservices/formatting-datetime-values
 */
export function readSasTime(text: string): SasTime | undefined {
  const parts = FORM.exec(text);
  if (!parts) return undefined;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', sign, hours = '0', minutes = '0'] =
    parts;
  const date = Date.UTC(Number(year), Number(month) - 1, Number(day));
  // A month of 13 or a day of 31 would run over into the next.
  if (new Date(date).toISOString().slice(0, 10) !== `${year}-${month}-${day}`) return undefined;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
  const wholeSeconds = date + ((Number(hour) * 60 + Number(minute) - offset) * 60 + Number(second)) * 1000;
  const decimals = fraction.padEnd(7, '0');
  return {
    epochMs: wholeSeconds + Number(decimals.slice(0, 3)),
    text: `${new Date(wholeSeconds).toISOString().slice(0, 19)}.${decimals}Z`,
  };
}
