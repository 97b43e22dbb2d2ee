import { expect, test } from 'vitest';
import { addressed } from './parts.mjs';

const FILE = 'assets/shell-AbCd-_12.js';

test('an import takes the address that the loader gives it, however it is written', () => {
  const code = [
    'p(()=>import(`./a-1.js`).then(e=>e.t),d([0]),u)',
    'p(async()=>{let{b:e}=await import(`./b-2.js`);return{b:e}},[],u)',
    'p(async()=>{let{c:e}=await import(`./c-3.js`).then(e=>e.n);return{c:e}},[],u)',
  ].join(';');
  expect(addressed({ fileName: FILE, code })).toBe(
    [
      'p(($q)=>import($q||`./a-1.js`).then(e=>e.t),d([0]),u)',
      'p(async($q)=>{let{b:e}=await import($q||`./b-2.js`);return{b:e}},[],u)',
      'p(async($q)=>{let{c:e}=await import($q||`./c-3.js`).then(e=>e.n);return{c:e}},[],u)\n//AbCd-_12\n',
    ].join(';'),
  );
});

test('a build with an import that no loader would see fails', () => {
  expect(() => addressed({ fileName: FILE, code: 'let a=await import(`./a-1.js`)' })).toThrow(
    'assets/shell-AbCd-_12.js has 1 imports that no part loader would see',
  );
});
