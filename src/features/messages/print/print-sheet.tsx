import './print.css';
import { useEffect, useState } from 'react';
import { createPortal, flushSync } from 'react-dom';
import type { MessageRow } from '@/messages/message-rows';
import { accountAndQueue } from '@/state/connections/connection-labels';
import { useConnection } from '@/state/connections/connections';
import { usePreference } from '@/state/settings/preferences';
import { serviceNowOf } from '@/state/time/connection-clocks';
import { counted, exact } from '@/words/counts';
import { bytes } from '@/words/sizes';
import { dateTime } from '@/words/times';
import { dequeueText } from '../details/property-text';
import { leaseMark } from '../rows/row-marks';
import { usePreview } from '../rows/use-preview';
import { useRows } from '../rows/use-queue-rows';
import { useSearchResults } from '../rows/use-search';
import { shownBodyOf } from '../shared/printed-body';

/** Rows of a list on paper: about twenty pages. */
const MOST_ROWS = 500;

/**
 * What is printed of a queue: the open message with its whole body, else the selected rows, else those that the filter leaves. It is in the
 * page while it is printed, since the grid has only the rows in sight.
 */
export function PrintSheet({ selected }: { selected: readonly MessageRow[] }) {
  const isPrinting = useIsPrinting();
  const { connectionId, queue, open } = useRows();
  const { shown } = useSearchResults();
  const connection = useConnection(connectionId);
  if (!isPrinting) return null;
  const where = connection ? `${queue}, ${accountAndQueue(connection)}` : queue;
  return createPortal(
    <section className="print-sheet" aria-label="Print">
      {open ? (
        <OneMessage row={open} where={where} />
      ) : (
        <List rows={selected.length > 0 ? selected : shown} isSelection={selected.length > 0} where={where} />
      )}
    </section>,
    document.body,
  );
}

/** True while the page is printed, in time for the browser to take its picture. */
function useIsPrinting(): boolean {
  const [isPrinting, setIsPrinting] = useState(() => matchMedia('print').matches);
  useEffect(() => {
    const paper = matchMedia('print');
    const begin = () => flushSync(() => setIsPrinting(true));
    const end = () => setIsPrinting(false);
    const look = () => (paper.matches ? begin() : end());
    addEventListener('beforeprint', begin);
    addEventListener('afterprint', end);
    paper.addEventListener('change', look);
    return () => {
      removeEventListener('beforeprint', begin);
      removeEventListener('afterprint', end);
      paper.removeEventListener('change', look);
    };
  }, []);
  return isPrinting;
}

type ListProps = { rows: readonly MessageRow[]; isSelection: boolean; where: string };

function List({ rows, isSelection, where }: ListProps) {
  const { connectionId, approximate } = useRows();
  const printed = rows.slice(0, MOST_ROWS);
  const what = `${counted(rows.length, isSelection ? 'selected message' : 'loaded message')}${
    !isSelection && approximate !== undefined && approximate > rows.length
      ? ` of about ${exact(approximate)} in the queue`
      : ''
  }`;
  return (
    <>
      <h1>Messages in {where}</h1>
      <p>
        {rows.length > printed.length ? `The first ${exact(printed.length)} of ${what}` : what}, printed{' '}
        {dateTime(serviceNowOf(connectionId))}. Of each body the first line.
      </p>
      <table>
        <thead>
          <tr>
            {['#', 'ID', 'Inserted', 'Expires', 'Dequeue count', 'Lease', 'Size', 'Format', 'Body'].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {printed.map((row) => (
            <Line key={row.id} row={row} />
          ))}
        </tbody>
      </table>
    </>
  );
}

const leaseText = (row: MessageRow): string =>
  row.lease && !row.claim ? `until ${dateTime(row.lease.endsAt)}` : (leaseMark(row)?.words ?? '');

function Line({ row }: { row: MessageRow }) {
  const { format, preview } = usePreview(row.message);
  const { id, insertedAt, expiresAt, dequeueCount } = row.message;
  return (
    <tr>
      <td>{row.position}</td>
      <td className="print-mono">{id}</td>
      <td>{dateTime(insertedAt)}</td>
      <td>{expiresAt ? dateTime(expiresAt) : 'never'}</td>
      <td>{Number.isNaN(dequeueCount) ? '?' : dequeueCount}</td>
      <td>{leaseText(row)}</td>
      <td>{bytes(row.size)}</td>
      <td>{format}</td>
      <td className="print-mono" dir="auto">
        {preview.map(({ key = '', text }) => `${key}${text}`).join('')}
      </td>
    </tr>
  );
}

function OneMessage({ row, where }: { row: MessageRow; where: string }) {
  const { connectionId } = useRows();
  const threshold = usePreference('poisonThreshold');
  const { id, text, insertedAt, expiresAt, dequeueCount } = row.message;
  const body = shownBodyOf(id);
  const properties = [
    ['Queue', where],
    ['Inserted', dateTime(insertedAt)],
    ['Expires', expiresAt ? dateTime(expiresAt) : 'never'],
    ['Dequeue count', `${Number.isNaN(dequeueCount) ? '?' : dequeueCount}, ${dequeueText(row, threshold)}`],
    ['Lease', leaseText(row) || 'none'],
    ['Size', bytes(row.size)],
    ['Printed', dateTime(serviceNowOf(connectionId))],
    ...(body ? [['Body', body.chain]] : []),
  ];
  return (
    <>
      <h1>Message {id}</h1>
      <table>
        <tbody>
          {properties.map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <pre dir="auto">{body?.text ?? text}</pre>
    </>
  );
}
