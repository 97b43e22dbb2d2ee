import { Fragment } from 'react';
import { CopyButton } from '@/ui/code/code';
import { elide, requestText, type WireRequest } from './wire-request';

/** Characters of a body to show: three or four lines of the pane. */
const SHOWN = 200;

/** The request as it will go out, its long values with the middle left out; copying gives all of it. */
export function RequestPreview({ request, pending }: { request: WireRequest; pending?: string | undefined }) {
  return (
    <section aria-label="Request" className="flex-none">
      <div className="-mr-1 flex h-11 items-center justify-between">
        <h3 className="text-13 font-semibold">Request</h3>
        <CopyButton
          size="sm"
          label="Copy request"
          copied="Request copied, key left out"
          text={() => requestText(request)}
        />
      </div>
      <div className="rounded-8 border border-line-strong bg-raised font-mono text-12 dark:bg-sunken">
        <div className="flex gap-3 border-b border-line px-3 py-2 leading-5">
          <span className={request.method === 'POST' ? 'font-semibold text-info' : 'font-semibold text-warn'}>
            {request.method}
          </span>
          <span className="min-w-0 wrap-anywhere">
            {request.path}
            {request.query.map(([name, value], index) => (
              <Fragment key={name}>
                <span className="text-syn-punct">{index === 0 ? '?' : '&'}</span>
                <wbr />
                <span className="text-syn-key">{name}</span>
                <span className="text-syn-punct">=</span>
                <span className="text-syn-num">{elide(value, 40).head + (value.length > 40 ? '…' : '')}</span>
              </Fragment>
            ))}
          </span>
        </div>
        <Body request={request} pending={pending} />
      </div>
    </section>
  );
}

function Body({ request, pending }: { request: WireRequest; pending: string | undefined }) {
  const [declaration = '', text] =
    /^(<\?xml.*?\?>)<QueueMessage><MessageText>([^]*)<\/MessageText><\/QueueMessage>$/
      .exec(request.body ?? '')
      ?.slice(1) ?? [];
  const { head, left, tail } = elide(text ?? '', SHOWN);
  return (
    <pre
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling box must be reachable by keyboard
      tabIndex={0}
      role="region"
      aria-label="Request body"
      className="max-h-60 overflow-auto px-3 py-2.5 leading-[18px] whitespace-pre-wrap -outline-offset-2!"
    >
      <span className="text-text-3">{declaration}</span>
      {'\n'}
      <Tag name="QueueMessage" />
      {'\n  '}
      <Tag name="MessageText" />
      {pending ? (
        <span className="block pl-7 font-sans text-text-3">{pending}</span>
      ) : (
        <span className="block pl-7 break-all text-syn-str">
          {head}
          {left > 0 && <span className="block text-text-3">… {left.toLocaleString('en')} more characters</span>}
          {tail}
        </span>
      )}
      {'  '}
      <Tag name="MessageText" close />
      {'\n'}
      <Tag name="QueueMessage" close />
    </pre>
  );
}

function Tag({ name, close }: { name: string; close?: boolean }) {
  return (
    <>
      <span className="text-syn-punct">{close ? '</' : '<'}</span>
      <span className="text-syn-key">{name}</span>
      <span className="text-syn-punct">&gt;</span>
    </>
  );
}
