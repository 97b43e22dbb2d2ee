// The least that a page can do to show the queues of an account: one signed request, one plain list.
import { EMULATOR } from '@/azure/protocol/emulator';
import { bareFetch, importBareKey } from './bare-fetch';

const { queueEndpoint } = (await (await fetch('local.json', { cache: 'no-store' })).json()) as {
  queueEndpoint: string;
};
const answer = await bareFetch(await importBareKey(), {
  method: 'GET',
  url: `${queueEndpoint}/?comp=list&maxresults=5000`,
  resource: `/${EMULATOR.account}/${EMULATOR.account}/\ncomp:list\nmaxresults:5000`,
});
const items = [...answer.matchAll(/<Name>([^<]*)<\/Name>/g)].map(([, name = '']) => {
  const item = document.createElement('li');
  item.textContent = name;
  return item;
});
document.querySelector('ul')?.append(...items);
