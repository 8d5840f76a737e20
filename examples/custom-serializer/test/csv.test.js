import { serializerChecks } from '@tracer/core/testing'
import { test } from 'node:test'
import csv from '../index.js'

for (const { name, run } of serializerChecks(csv())) void test(`csv ${name}`, run)
