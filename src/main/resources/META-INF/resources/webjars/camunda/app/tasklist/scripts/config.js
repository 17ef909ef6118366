// A day in a form is a day in New York. Tasklist's forms read it as midnight in Greenwich, which is the day before there,
// and count down (form-js 1223, mended in 1.9.1; Tasklist has an older one).
const parse = Date.parse;
Date.parse = text => parse(/^\d{4}-\d{2}-\d{2}$/.test(text) ? text + 'T00:00' : text);

export default {
  app: {name: 'Tasklist', vendor: 'Coursera Casework'},
  customScripts: ['../../../webapps.js'],
  shortcuts: {
    claimTask: {key: 'ctrl+alt+c', description: 'claims the currently selected task'},
    focusFilter: {key: 'ctrl+shift+f', description: 'set the focus to the first filter in the list'},
    focusList: {key: 'ctrl+alt+l', description: 'sets the focus to the first task in the list'},
    focusForm: {key: 'ctrl+alt+f', description: 'sets the focus to the first input field in a task form'},
    startProcess: {key: 'ctrl+alt+p', description: 'opens the start process modal dialog'}
  }
};
