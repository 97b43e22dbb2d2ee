import type { Dialect } from './program';

const BODY = (text: string) => `"<QueueMessage><MessageText>${text}</MessageText></QueueMessage>"`;

/** curl in bash, signed by a SAS. Texts stay as they are in XML from one message to the next. */
export const curl: Dialect = {
  indent: '  ',
  head: (program) => [
    'QUEUE="https://<account>.queue.core.windows.net/orders"',
    ...(program === 'poison' ? ['POISON="$QUEUE-poison"'] : []),
    'SAS="<sas>" # allows to read, add, update and process messages',
    ...(program === 'first' ||
    program === 'look' ||
    program === 'monitor' ||
    program === 'worker' ||
    program === 'poison'
      ? []
      : [`header() { tr -d '\\r' | sed -n "s/^$1: //Ip"; }`]),
    ...(program === 'monitor' ? [] : [`field() { sed -n "s:.*<$1>\\([^<]*\\)</$1>.*:\\1:p" <<< "$answer"; }`]),
    ...(program === 'monitor' ? [] : [`coded() { sed 's/+/%2B/g; s:/:%2F:g; s/=/%3D/g'; }`]),
    '',
  ],
  loop: { begin: 'while true; do', end: 'done' },
  when: {
    found: () => ({ begin: 'if [ -n "$id" ]; then', otherwise: 'else', end: 'fi' }),
    tooOften: ({ tries }) => ({
      begin: `if [ "$(field DequeueCount)" -gt ${tries} ]; then`,
      otherwise: 'else',
      end: 'fi',
    }),
    isNew: () => ({ begin: `if ! [[ $text = *done* ]]; then`, end: 'fi' }),
    isAtWork: () => ({ begin: 'for part in $(parts_of "$text"); do', end: 'done' }),
  },
  stages: {
    create: () => ['curl -s -X PUT -H "Content-Length: 0" "$QUEUE?$SAS"'],
    send: () => [
      `curl -s --data-binary ${BODY('{\\"order\\":1001}')} \\`,
      '  -H "Content-Type: application/xml" "$QUEUE/messages?$SAS"',
    ],
    peek: () => ['curl -s "$QUEUE/messages?peekonly=true&numofmessages=32&$SAS"'],
    peekAgain: () => ['curl -s "$QUEUE/messages?peekonly=true&numofmessages=32&$SAS"'],
    count: () => ['curl -s --head "$QUEUE?comp=metadata&$SAS" | grep -i x-ms-approximate-messages-count'],
    receive: ({ vis }) => [
      `answer=$(curl -s "$QUEUE/messages?visibilitytimeout=${vis}&$SAS")`,
      'id=$(field MessageId) text=$(field MessageText)',
      'receipt=$(field PopReceipt | coded)',
    ],
    wait: () => ['sleep 1'],
    work: (_, program) => [program === 'extend' ? 'charge "$part"' : 'charge "$text"'],
    extend: ({ vis }) => [
      'receipt=$(curl -s -X PUT -H "Content-Length: 0" --dump-header - \\',
      `  "$QUEUE/messages/$id?popreceipt=$receipt&visibilitytimeout=${vis}&$SAS" | header x-ms-popreceipt | coded)`,
    ],
    note: ({ vis }) => [
      'receipt=$(curl -s -X PUT --dump-header - -H "Content-Type: application/xml" \\',
      `  --data-binary ${BODY('${text%\\}},&quot;done&quot;:&quot;1 of 3&quot;}')} \\`,
      `  "$QUEUE/messages/$id?popreceipt=$receipt&visibilitytimeout=${vis}&$SAS" | header x-ms-popreceipt | coded)`,
    ],
    copy: () => [
      `curl -s --data-binary ${BODY('$text')} \\`,
      '  -H "Content-Type: application/xml" "$POISON/messages?$SAS"',
    ],
    moved: () => ['curl -s -X DELETE "$QUEUE/messages/$id?popreceipt=$receipt&$SAS"'],
    delete: () => ['curl -s -X DELETE "$QUEUE/messages/$id?popreceipt=$receipt&$SAS"'],
    redrive: () => [
      '# By hand, once the reason is gone:',
      'answer=$(curl -s "$POISON/messages?$SAS")',
      `curl -s --data-binary ${BODY('$(field MessageText)')} \\`,
      '  -H "Content-Type: application/xml" "$QUEUE/messages?$SAS"',
      'curl -s -X DELETE "$POISON/messages/$(field MessageId)?popreceipt=$(field PopReceipt | coded)&$SAS"',
    ],
  },
};
