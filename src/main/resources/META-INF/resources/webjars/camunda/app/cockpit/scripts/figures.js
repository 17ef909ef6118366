// What supervisors look at in Cockpit: their boards today, on the dashboard; and how long cases stay at each step, beside
// the diagram of the participant journey. The figures come from the application's own API, which knows roles and boards.

const root = document.querySelector('base').getAttribute('app-root').replace(/\/camunda$/, '');
const tasklist = root + '/camunda/app/tasklist/default/';
const JOURNEY = 'participant-journey';

const element = (name, attributes = {}, ...content) => {
  const made = document.createElement(name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  made.append(...content);
  return made;
};

const get = async (path, parameters = {}) => {
  const answer = await fetch(path + '?' + new URLSearchParams(parameters), {headers: {Accept: 'application/json'}});
  const body = await answer.json();
  if (!answer.ok) {
    throw new Error(body.detail || body.message || answer.statusText);
  }
  return body;
};

const number = n => n.toLocaleString('en-US');
const days = n => n === null ? 'none yet' : n.toLocaleString('en-US', {minimumFractionDigits: 1});
const date = iso => iso.replace(/^(\d{4})-(\d{2})-(\d{2})$/, '$2/$3/$1');
const weekday = iso => new Date(iso + 'T00:00').toLocaleDateString('en-US', {weekday: 'short'});

/** A figure that leads to where something can be done; none leads nowhere. */
const figure = (n, what, href) => n === 0 ? '0' : element('a', {href, 'aria-label': `${what}: ${number(n)}`}, number(n));

/** A table under its title, the first cell of each row being its header; or the sentence that there is nothing. */
const list = (title, columns, rows, nothing, ...notes) => element('section', {},
  rows.length
    ? element('table', {class: 'table'},
      element('caption', {}, title),
      element('thead', {}, element('tr', {}, ...columns.map(column => element('th', {scope: 'col'}, column)))),
      element('tbody', {}, ...rows.map(([header, ...cells]) => element('tr', {},
        element('th', {scope: 'row'}, header), ...cells.map(cell => element('td', {}, cell))))))
    : element('h2', {}, title),
  ...(rows.length ? notes : [nothing]).map(note => element('p', {}, note)));

/** Fills the place with the figures of a person's boards: of all, or of the one that is chosen. The title may be null. */
const show = async (place, title, figures) => {
  const head = element('header', {}, ...(title ? [element('h1', {class: 'section-title'}, title)] : []));
  const body = element('div');
  place.className = 'casework-figures';
  place.replaceChildren(head, body);
  const choice = element('select', {class: 'form-control'});
  const fill = async () => {
    const board = choice.value;
    const found = await figures(board ? {board} : {});
    if (board === choice.value) { // and no other has been chosen meanwhile
      body.replaceChildren(...found);
    }
  };
  const orSay = work => work().catch(e => body.replaceChildren(
    element('p', {role: 'alert'}, `The figures could not be loaded: ${e.message} Reload the page.`)));
  choice.addEventListener('change', () => orSay(fill));
  await orSay(async () => {
    const boards = (await get(root + '/api/boards')).filter(board => board.activeAdministrators !== null);
    if (boards.length === 0) {
      body.append(element('p', {}, 'These figures are for the supervisors of the boards and for NYSDOL.'));
      return;
    }
    if (boards.length > 1) {
      choice.append(element('option', {value: ''}, `All ${boards.length} boards`),
        ...boards.map(board => element('option', {value: board.id}, board.lwdbName)));
      head.append(element('label', {}, 'Board ', choice));
    }
    await fill();
  });
};

const participants = (stage, board) => `${root}/desk/participants?${new URLSearchParams({...board, stage})}`;

const today = async (board, api) => {
  const [overview, filters, journeys] = await Promise.all([
    get(root + '/api/overview', board),
    get(`${api.engineApi}/filter`, {resourceType: 'Task'}),
    get(`${api.engineApi}/process-definition`, {key: JOURNEY, latestVersion: true})
  ]);
  const tasks = name => `${tasklist}#/?filter=${filters.filter(one => one.name === name).map(one => one.id)[0] || ''}`;
  const incidents = `#/process-definition/${journeys[0].id}/runtime?detailsTab=pd-incidents-tab`;
  return [
    list('Cases by stage', ['Stage', 'Cases'], overview.stages.map(at =>
      [at.label, figure(at.cases, `Cases at ${at.label}`, participants(at.stage, board))])),
    list('Reminders due in the next seven days', ['Day', 'Outreach', 'To enroll', 'Learning'],
      overview.reminders.map(day => [
        `${weekday(day.on)}, ${date(day.on)}`,
        figure(day.outreach, `Follow-ups to outreach on ${date(day.on)}`, participants('OUTREACH', board)),
        figure(day.enrollment, `Reminders to enroll on ${date(day.on)}`, participants('INVITED', board)),
        figure(day.learning, `Looks at a learner’s progress on ${date(day.on)}`, participants('LEARNING', board))]),
      '',
      'On that day the application looks at the case: it sends a reminder, asks staff to call or to check in, or does'
        + ' nothing where that is best.'),
    list('Overdue tasks', ['Task', 'Overdue', 'Oldest due date'],
      overview.overdueTasks.map(one =>
        [one.name, figure(one.tasks, `${one.name}, overdue`, tasks('Overdue tasks')), date(one.dueSince)]),
      'No task is overdue.'),
    list('Mails that did not go out', ['What happened', 'Mails', 'Since'],
      overview.failedMails.map(one => one.state === 'FAILED'
        ? ['Could not be sent', figure(one.mails, 'Mails that could not be sent', incidents), date(one.since)]
        : ['Address was rejected', figure(one.mails, 'Mails to a rejected address', tasks('All tasks')), date(one.since)]),
      'Every mail went out.',
      'What could not be sent is tried again every hour; if that lasts, tell the operator. In Tasklist, a rejected address'
        + ' waits in “Correct the address”, and a mail that may have gone out in “Decide on a mail that may not have gone out”.'),
    element('section', {},
      element('h2', {}, 'Fewer than two Coursera administrators'),
      ...(overview.boardsWithTooFewAdministrators.length === 0
        ? [element('p', {}, 'None: each board has two.')]
        : [
          element('ul', {}, ...overview.boardsWithTooFewAdministrators.map(one => element('li', {}, one.lwdbName))),
          element('p', {}, 'To mend it, start “Attachment A: Change of Coursera Administrator” in ',
            element('a', {href: tasklist + '#/?processStart=true'}, 'Tasklist'), '.')
        ]))
  ];
};

const steps = async board => {
  const found = await get(root + '/api/step-times', board);
  return [
    list('How long cases stay at each step, in days',
      ['Step', 'Have left it', 'Half took at most', 'Nine of ten took at most', 'Still there'],
      found.steps.map(step => [step.label, number(step.left), days(step.medianDays), days(step.ninetiethDays),
        figure(step.stillThere, `Cases still at ${step.label}`, participants(step.stage, board))]),
      '',
      'Counted over all versions of the process, from the timelines of the cases. The days are those of cases that have left'
        + ' the step.'),
    list('Why cases were closed', ['Reason', 'Cases'],
      found.endings.map(ending =>
        [ending.label, figure(ending.cases, `Cases closed, ${ending.label}`, participants('CLOSED', board))]),
      'No case has been closed yet.')
  ];
};

export default [
  {
    id: 'casework-today',
    pluginPoint: 'cockpit.dashboard',
    render: (place, {api}) => show(place, 'Your boards today', board => today(board, api))
  },
  {
    id: 'casework-steps',
    pluginPoint: 'cockpit.processDefinition.runtime.tab',
    properties: {label: 'Time at each step'},
    render: (place, {processDefinitionId}) => {
      if (processDefinitionId.startsWith(JOURNEY + ':')) {
        show(place, null, steps);
      } else {
        place.append(element('p', {}, 'Steps are counted for the participant journey alone: open it under Processes.'));
      }
    }
  }
];
