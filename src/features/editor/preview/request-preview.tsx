import { Fragment } from 'react';
import { bodyOf, type Call, queryOf, SERVICE_VERSION, urlOf } from '@/azure/wire/signed-request';
import { escapeXml, XML_DECLARATION, type XmlNode } from '@/azure/wire/xml';
import { CopyButton } from '@/ui/code/code';
import { exactly } from '@/words/counts';

/** Characters of a body that are shown, three or four lines. */
const MAX_SHOWN = 200;

type RequestPreviewProps = {
  endpoint: string;
  call: Call;
  /** Shown in place of a text that is still being packed. */
  pending?: string | undefined;
};

/** The request that will be sent, long values shortened in the middle; copying gives all of it. */
export function RequestPreview({ endpoint, call, pending }: RequestPreviewProps) {
  return (
    <section aria-label="Request" className="flex-none">
      <div className="-mr-1 flex h-11 items-center justify-between">
        <h3 className="text-13 font-semibold">Request</h3>
        <CopyButton
          size="sm"
          label="Copy request"
          copied="Request copied, key left out"
          text={() => requestText(endpoint, call)}
        />
      </div>
      <div className="rounded-8 border border-line-strong bg-raised font-mono text-12 dark:bg-sunken">
        <div className="flex gap-3 border-b border-line px-3 py-2 leading-5">
          <span className={call.method === 'POST' ? 'font-semibold text-info' : 'font-semibold text-warn'}>
            {call.method}
          </span>
          <span className="min-w-0 wrap-anywhere">
            {new URL(urlOf(endpoint, call)).pathname}
            {queryOf(call).map(([name, value], index) => (
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
        <Body body={call.body} pending={pending} />
      </div>
    </section>
  );
}

function Body({ body, pending }: { body: Call['body']; pending: string | undefined }) {
  return (
    <pre
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling box must be reachable by keyboard
      tabIndex={0}
      role="region"
      aria-label="Request body"
      className="max-h-60 overflow-auto px-3 py-2.5 leading-[18px] whitespace-pre-wrap -outline-offset-2!"
    >
      {typeof body === 'object' && (
        <>
          <span className="text-text-3">{XML_DECLARATION}</span>
          {'\n'}
          <Element element={body} indent="" pending={pending} />
        </>
      )}
    </pre>
  );
}

/** An XML element over several lines, its content indented by two. */
function Element({ element, indent, pending }: { element: XmlNode; indent: string; pending: string | undefined }) {
  const { name, content } = element;
  return (
    <>
      <Tag name={name} />
      {typeof content === 'string' ? (
        <ElementText text={escapeXml(content)} pending={pending} />
      ) : (
        <>
          {`\n${indent}  `}
          <Element element={content} indent={`${indent}  `} pending={pending} />
          {'\n'}
        </>
      )}
      {indent}
      <Tag name={name} close />
    </>
  );
}

function ElementText({ text, pending }: { text: string; pending: string | undefined }) {
  if (pending) return <span className="block pl-7 font-sans text-text-3">{pending}</span>;
  const { head, left, tail } = elide(text, MAX_SHOWN);
  return (
    <span className="block pl-7 break-all text-syn-str">
      {head}
      {left > 0 && <span className="block text-text-3">… {exactly(left, 'more character')}</span>}
      {tail}
    </span>
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

/** A request as text, without date and credentials. */
export const requestText = (endpoint: string, call: Call) =>
  [
    `${call.method} ${urlOf(endpoint, call)}`,
    'Content-Type: application/xml',
    `x-ms-version: ${SERVICE_VERSION}`,
    '',
    bodyOf(call) ?? '',
  ].join('\n');

/** Splits a long text into its head and tail; `left` is the number of characters left out. */
export function elide(text: string, most: number): { head: string; left: number; tail: string } {
  if (text.length <= most) return { head: text, left: 0, tail: '' };
  const tail = Math.floor(most / 8);
  return { head: text.slice(0, most - tail), left: text.length - most, tail: text.slice(text.length - tail) };
}
