#!/usr/bin/env node
'use strict'
exports.greet = function greet(name) {
  return `hello ${arguments.length} ${inner()}`
  function inner() {
    return name
  }
}
