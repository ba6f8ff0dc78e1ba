// Sends the forms of the reference, and says what a denial means.
'use strict';

const key = document.querySelector('#key');

// The key's own form has nothing to send.
document.querySelector('#credential').addEventListener('submit', (event) => event.preventDefault());

for (const form of document.querySelectorAll('form.call')) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    call(form.closest('article'), form);
  });
}

/** Sends one operation and shows what came back. */
async function call(article, form) {
  const shown = article.querySelector('output');
  shown.textContent = 'Sending …';
  try {
    const answer = await fetch(address(article, form), request(article, form));
    show(shown, answer, await answer.text(), meaning(answer.status, article.dataset.scopes));
  } catch (problem) {
    shown.textContent = `No answer: ${problem.message}`;
  }
}

/** The path with its parameters put in, and the query. */
function address(article, form) {
  let path = article.dataset.path;
  const query = new URLSearchParams();
  for (const input of form.querySelectorAll('input')) {
    if (input.dataset.in === 'path') {
      path = path.replace(`{${input.name}}`, () => encodeURIComponent(input.value));
    } else if (input.dataset.in === 'query' && input.value !== '') {
      query.append(input.name, input.value);
    }
  }
  return query.size === 0 ? path : `${path}?${query}`;
}

function request(article, form) {
  const headers = {};
  if (key.value.trim() !== '') {
    headers.Authorization = `Bearer ${key.value.trim()}`;
  }
  const body = form.querySelector('textarea')?.value;
  if (body !== undefined) {
    headers['Content-Type'] = article.dataset.contentType;
  }
  // No cookie of the browser's is a credential here.
  return { method: article.dataset.method, headers, body, credentials: 'omit', cache: 'no-store' };
}

/** What the status means; the answer's body, on purpose, says no more. */
function meaning(status, scopes) {
  if (status === 401) {
    return 'No valid key was sent.';
  }
  if (status === 403 && scopes !== '') {
    const wanted = scopes.split('|').map((all) => all.split(' ').join(' and ')).join(' or ');
    return `The key is valid and does not have ${wanted}. Sending it again will not help: ` +
      'change the key\'s scopes in the settings of your organisation.';
  }
  if (status === 403) {
    return 'The key is valid, but no key opens this.';
  }
  return '';
}

function show(place, answer, text, note) {
  const line = document.createElement('strong');
  line.textContent = `${answer.status} ${answer.statusText}`;
  line.className = answer.ok ? 'good' : 'bad';
  const body = document.createElement('pre');
  body.textContent = indented(text);
  place.replaceChildren(line, body);
  if (note !== '') {
    const remark = document.createElement('p');
    remark.className = 'note';
    remark.textContent = note;
    place.insertBefore(remark, body);
  }
}

function indented(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
