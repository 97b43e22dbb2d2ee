import type { Dialect } from './program';

/** `azqueue` of the Azure SDK for Go. Its update always sends a text: that of the message again, where it stays. */
export const go: Dialect = {
  indent: '\t',
  head: (program) => [
    'package main',
    '',
    'import (',
    '\t"context"',
    ...(program === 'first' || program === 'look' || program === 'monitor' ? ['\t"fmt"'] : []),
    ...(program === 'note' ? ['\t"strings"'] : []),
    ...(program === 'worker' || program === 'poison' ? ['\t"time"'] : []),
    '',
    '\t"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"',
    '\t"github.com/Azure/azure-sdk-for-go/sdk/azidentity"',
    '\t"github.com/Azure/azure-sdk-for-go/sdk/storage/azqueue"',
    ')',
    '',
    'func main() { // errors are left out',
    'ctx := context.Background()',
    'credential, _ := azidentity.NewDefaultAzureCredential(nil)',
    'account, _ := azqueue.NewServiceClient("https://<account>.queue.core.windows.net", credential, nil)',
    'queue := account.NewQueueClient("orders")',
    ...(program === 'poison' ? ['poison := account.NewQueueClient("orders-poison")'] : []),
    '',
  ],
  foot: ['}'],
  loop: { begin: 'for {', end: '}' },
  when: {
    found: () => ({ begin: 'if len(answer.Messages) > 0 {', otherwise: '} else {', end: '}' }),
    tooOften: ({ tries }) => ({
      begin: `if *answer.Messages[0].DequeueCount > ${tries} {`,
      otherwise: '} else {',
      end: '}',
    }),
    isNew: () => ({ begin: 'if !strings.Contains(*answer.Messages[0].MessageText, `"done"`) {', end: '}' }),
    isAtWork: () => ({ begin: 'for _, part := range partsOf(*answer.Messages[0].MessageText) {', end: '}' }),
  },
  stages: {
    create: () => ['queue.Create(ctx, nil)'],
    send: () => ['queue.EnqueueMessage(ctx, `{"order":1001}`, nil)'],
    peek: () => [
      'peeked, _ := queue.PeekMessages(ctx, &azqueue.PeekMessagesOptions{NumberOfMessages: to.Ptr(int32(32))})',
      'fmt.Println(peeked.Messages)',
    ],
    peekAgain: () => [
      'peeked, _ = queue.PeekMessages(ctx, &azqueue.PeekMessagesOptions{NumberOfMessages: to.Ptr(int32(32))})',
      'fmt.Println(peeked.Messages)',
    ],
    count: () => [
      'properties, _ := queue.GetProperties(ctx, nil)',
      'fmt.Println(*properties.ApproximateMessagesCount)',
    ],
    receive: ({ vis }, program) => [
      'answer, _ := queue.DequeueMessage(ctx,',
      `\t&azqueue.DequeueMessageOptions{VisibilityTimeout: to.Ptr(int32(${vis}))})`,
      ...(keepsReceipt(program) ? ['receipt := answer.Messages[0].PopReceipt'] : []),
    ],
    wait: () => ['time.Sleep(time.Second)'],
    work: (_, program) => [program === 'extend' ? 'charge(part)' : 'charge(*answer.Messages[0].MessageText)'],
    extend: ({ vis }) => [
      'updated, _ := queue.UpdateMessage(ctx, *answer.Messages[0].MessageID, *receipt,',
      `\t*answer.Messages[0].MessageText, &azqueue.UpdateMessageOptions{VisibilityTimeout: to.Ptr(int32(${vis}))})`,
      'receipt = updated.PopReceipt',
    ],
    note: ({ vis }) => [
      'text := strings.TrimSuffix(*answer.Messages[0].MessageText, "}") + `,"done":"1 of 3"}`',
      'noted, _ := queue.UpdateMessage(ctx, *answer.Messages[0].MessageID, *receipt,',
      `\ttext, &azqueue.UpdateMessageOptions{VisibilityTimeout: to.Ptr(int32(${vis}))})`,
      'receipt = noted.PopReceipt',
    ],
    copy: () => ['poison.EnqueueMessage(ctx, *answer.Messages[0].MessageText, nil)'],
    moved: () => ['queue.DeleteMessage(ctx, *answer.Messages[0].MessageID, *answer.Messages[0].PopReceipt, nil)'],
    delete: (_, program) => [
      `queue.DeleteMessage(ctx, *answer.Messages[0].MessageID, *${keepsReceipt(program) ? 'receipt' : 'answer.Messages[0].PopReceipt'}, nil)`,
    ],
    redrive: () => [
      '// By hand, once the reason is gone:',
      'old, _ := poison.DequeueMessage(ctx, nil)',
      'queue.EnqueueMessage(ctx, *old.Messages[0].MessageText, nil)',
      'poison.DeleteMessage(ctx, *old.Messages[0].MessageID, *old.Messages[0].PopReceipt, nil)',
    ],
  },
};

const keepsReceipt = (program: string): boolean => program === 'extend' || program === 'note';
