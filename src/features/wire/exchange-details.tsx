import { ArrowLeft, Check, CircleAlert, Code, Copy, ExternalLink, RotateCw, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { prettyXml } from '@/azure/bodies/format-xml';
import type { Exchange } from '@/azure/protocol/exchange';
import { hasSample } from '@/samples/operation';
import type { LoggedExchange } from '@/state/activity/request-log';
import { goTo } from '@/state/navigation/route';
import { CodeBox, CopyButton } from '@/ui/code/code';
import { Button, IconButton } from '@/ui/controls/button';
import { Strip } from '@/ui/feedback/failure';
import { cx } from '@/ui/format/cx';
import { bytes } from '@/words/sizes';
import { preciseTime } from '@/words/times';
import { copyCurl, openAsCode } from './curl';
import { HeadersList, Method, Status } from './exchange-parts';
import { shownDuration, shownOperation, shownOutcome, toneOf } from './exchange-text';
import { ResponseTabs } from './response-tabs';
import { type SignedPart, signedParts } from './string-to-sign';

/** Characters of a sent body that are shown. */
const MAX_BODY = 8192;

/** A request and its answer, side by side where there is room. */
export function ExchangeDetails({ exchange, ...head }: ExchangeHeadProps) {
  return (
    <section aria-label="Request details" className="@container flex min-h-0 flex-1 flex-col bg-surface">
      <h2 className="sr-only">{shownOperation(exchange)}</h2>
      <ExchangeHead exchange={exchange} {...head} />
      <FailureStrip exchange={exchange} />
      <div className="min-h-0 flex-1 overflow-auto @min-[760px]:grid @min-[760px]:grid-cols-[minmax(0,9fr)_minmax(0,11fr)] @min-[760px]:overflow-hidden">
        <div className="min-w-0 overflow-y-auto @max-[760px]:border-b @max-[760px]:border-line">
          <Request exchange={exchange} />
        </div>
        <div className="flex min-h-0 min-w-0 flex-col border-line @max-[760px]:h-120 @min-[760px]:border-l">
          {exchange.response ? (
            <ResponseTabs response={exchange.response} />
          ) : (
            <p className="px-4 py-3 text-12 text-text-3">
              {exchange.failure ? 'No readable answer arrived.' : 'Waiting for the answer.'}
            </p>
          )}
        </div>
      </div>
    </section>
  );
}

function FailureStrip({ exchange }: { exchange: Exchange }) {
  const { failure, willRetry } = exchange;
  if (!failure || toneOf(exchange) === 'neutral') return null;
  return (
    <Strip
      tone={willRetry ? 'warn' : 'danger'}
      icon={willRetry ? <RotateCw /> : <CircleAlert />}
      title={shownOutcome(exchange)}
    >
      {failure.message}
    </Strip>
  );
}

function Request({ exchange: { request, response } }: { exchange: Exchange }) {
  const authorization = request.headers.find(([name]) => name.toLowerCase() === 'authorization')?.[1];
  return (
    <>
      <Block title="Request headers" hint={request.headers.length} className="border-b border-line">
        <HeadersList headers={request.headers} />
      </Block>
      {request.body && (
        <Block
          title="Request body"
          action={<CopyButton size="sm" label="Copy request body" text={request.body} />}
          className="border-b border-line"
        >
          <CodeBox label="Request body" wrap className="max-h-60">
            {prettyXml(request.body).slice(0, MAX_BODY)}
            {request.body.length > MAX_BODY && ' …'}
          </CodeBox>
        </Block>
      )}
      {request.stringToSign !== undefined && (
        <Block
          title="String to sign"
          hint={
            authorization === undefined
              ? 'HMAC-SHA256 with the account key, once for many reads'
              : 'HMAC-SHA256 with the account key'
          }
          action={<CopyButton size="sm" label="Copy string to sign" text={request.stringToSign} />}
        >
          {authorization === undefined ? (
            <ReadSignature text={request.stringToSign} />
          ) : (
            <>
              <StringToSignBox text={request.stringToSign} />
              <Signature authorization={authorization} status={response?.status} />
            </>
          )}
        </Block>
      )}
    </>
  );
}

/** What was signed for repeated reads, in place of their headers. */
const ReadSignature = ({ text }: { text: string }) => (
  <>
    <CodeBox label="Signed lines">{text}</CodeBox>
    <p className="mt-2.5 text-12 text-text-3">
      This page made a shared access signature for this kind of read alone, for half an hour. Without headers of the
      page the browser asks no CORS preflight before it reads the same address again.
    </p>
  </>
);

/** The place of the signature, which itself was not recorded. */
const Signature = ({ authorization, status }: { authorization: string; status: number | undefined }) => (
  <p className="mt-2.5 flex h-8 items-center gap-3 rounded-6 border border-line-strong px-3 text-12">
    <span className="text-text-3">Signature</span>
    <code className="min-w-0 flex-1 truncate font-mono">{authorization.split(':').at(-1)}</code>
    {status !== undefined && status !== 403 && (
      <span className="inline-flex items-center gap-1 font-semibold text-accent">
        <Check className="size-3.5" />
        accepted
      </span>
    )}
  </p>
);

const EDGE_STYLES: Record<SignedPart['part'], string> = {
  verb: 'before:bg-accent-solid',
  standard: 'before:bg-line-control',
  custom: 'before:bg-info',
  resource: 'before:bg-text',
};

/** The string to sign line by line, with the meaning of each and its line end. */
const StringToSignBox = ({ text }: { text: string }) => (
  <div
    role="region"
    aria-label="Signed lines"
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- long lines are scrolled by keyboard too
    tabIndex={0}
    className="overflow-x-auto rounded-8 border border-line-strong bg-canvas py-1.5"
  >
    <ol>
      {signedParts(text).map(({ part, title, lines }) => (
        <li
          key={part}
          className={cx(
            "relative mt-1 before:absolute before:top-0.5 before:bottom-0 before:left-0 before:w-[3px] before:rounded-r-[2px] before:content-[''] first:mt-0 forced-colors:before:bg-[CanvasText]",
            EDGE_STYLES[part],
          )}
        >
          <h4 className="pl-3.5 text-11/5 font-semibold text-text-2">{title}</h4>
          <ol>
            {lines.map(({ number, text: line, meaning, newline }) => (
              <li key={number} className="grid h-[21px] grid-cols-[26px_auto_minmax(0,1fr)] items-center gap-x-2 pr-3">
                <span aria-hidden="true" className="text-right font-mono text-11/5 text-text-3">
                  {number}
                </span>
                <code className="font-mono text-12/5 whitespace-pre">
                  {line}
                  {newline && <span className="text-text-3">\n</span>}
                </code>
                <span className="truncate text-right text-11 text-text-3">{meaning}</span>
              </li>
            ))}
          </ol>
        </li>
      ))}
    </ol>
  </div>
);

type BlockProps = { title: string; hint?: ReactNode; action?: ReactNode; children: ReactNode; className?: string };

/** A titled part of an exchange. */
const Block = ({ title, hint, action, children, className }: BlockProps) => (
  <section aria-label={title} className={cx('flex flex-col pr-4 pb-3 pl-5 max-desk:px-4', className)}>
    <div className="-mr-1 flex h-10 flex-none items-center gap-2 text-12">
      <h3 className="text-13 font-semibold">{title}</h3>
      <span className="truncate text-text-3">{hint}</span>
      <span className="flex-1" />
      {action}
    </div>
    {children}
  </section>
);

type ExchangeHeadProps = {
  exchange: LoggedExchange;
  /** True offers the wire inspector, from elsewhere. */
  inspector?: boolean;
  onClose?: (() => void) | undefined;
  /** Goes back to the list, on a phone. */
  onBack?: (() => void) | undefined;
};

/** The request of an exchange and its result, in two lines. */
function ExchangeHead({ exchange, inspector = false, onClose, onBack }: ExchangeHeadProps) {
  const size = new TextEncoder().encode(exchange.response?.body ?? '').length;
  return (
    <header className="flex-none border-b border-line pt-2.5 pr-4 pb-2 pl-5 max-desk:px-3">
      <div className="flex items-center gap-2">
        {onBack && (
          <IconButton label="Back to requests" icon={<ArrowLeft />} onClick={onBack} className="desk:hidden" />
        )}
        <Method method={exchange.method} />
        <code className="min-w-0 flex-1 truncate font-mono text-12" title={exchange.url}>
          {exchange.url}
        </code>
        {inspector && (
          <IconButton
            size="sm"
            label="Open in wire inspector"
            icon={<ExternalLink />}
            onClick={() => goTo({ screen: 'wire', exchange: exchange.id })}
          />
        )}
        {onClose && <IconButton size="sm" label="Close details" icon={<X />} onClick={onClose} />}
      </div>
      <div className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-1 text-12 text-text-2">
        <Status exchange={exchange} long />
        <span>{shownOperation(exchange)}</span>
        {exchange.relayed && <span title="The local server of this page passed it on to the account">by relay</span>}
        {exchange.duration !== undefined && <span>{shownDuration(exchange.duration)}</span>}
        {exchange.waited !== undefined && (
          <span title="For its turn, before it was sent">waited {shownDuration(exchange.waited)}</span>
        )}
        {exchange.response && <span>{bytes(size)}</span>}
        <span>{preciseTime(exchange.startedAt)}</span>
        <span className="flex-1" />
        <Button
          icon={<Copy />}
          size={inspector ? 'sm' : 'md'}
          kbd={inspector ? undefined : 'C'}
          onClick={() => void copyCurl(exchange)}
        >
          Copy as curl
        </Button>
        {hasSample(exchange.operation) && (
          <Button icon={<Code />} size={inspector ? 'sm' : 'md'} onClick={() => void openAsCode(exchange)}>
            Copy as…
          </Button>
        )}
      </div>
    </header>
  );
}
