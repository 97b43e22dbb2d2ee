// Before the page's own scripts, which an old browser cannot even read: what it is missing is said in place of a white page. This file
// stands in no bundle, and its syntax is that of 2009.
(function () {
  function isThere(owner, name) {
    return typeof owner !== 'undefined' && owner !== null && typeof owner[name] === 'function';
  }
  if (
    isThere(window.Map, 'groupBy') &&
    isThere(window.AbortSignal, 'any') &&
    isThere(window.CSS, 'registerProperty') &&
    isThere(window, 'DecompressionStream')
  )
    return;
  var root = document.getElementById('root');
  root.setAttribute('data-too-old', '');
  root.textContent =
    'This browser is too old for Queuescope. It needs Chrome or Edge 117, Firefox 128, Safari 17.4, or a newer one.';
})();
