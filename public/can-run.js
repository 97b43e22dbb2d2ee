// Before the page's own scripts, which an old browser cannot even read: what it is missing is said in place of a white page. This file
// stands in no bundle, and its syntax is that of 2009. The same place says when one of those scripts does not arrive.
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
    return window.addEventListener('error', tellMissing, true);
  var root = document.getElementById('root');
  root.setAttribute('data-too-old', '');
  root.textContent =
    'This browser is too old for Queuescope. It needs Chrome or Edge 117, Firefox 128, Safari 17.4, or a newer one.';

  function tellMissing(event) {
    var place = document.getElementById('root');
    // What does not arrive later is told in its place.
    if (!event.target || event.target.tagName !== 'SCRIPT' || place.firstChild) return;
    place.setAttribute('role', 'alert');
    place.textContent = 'Queuescope did not arrive whole. ';
    var button = document.createElement('button');
    button.textContent = 'Reload the page';
    button.addEventListener('click', function () {
      location.reload();
    });
    place.appendChild(button);
  }
})();
