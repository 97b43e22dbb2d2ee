import type { Exchange } from '@/azure/protocol/exchange';
import { cx } from '@/ui/format/cx';

const TONES = { GET: 'text-accent', PUT: 'text-warn', POST: 'text-info', DELETE: 'text-danger' };

export const Method = ({ method }: Pick<Exchange, 'method'>) => (
  <span className={cx('font-mono text-11 font-semibold', TONES[method])}>{method}</span>
);
