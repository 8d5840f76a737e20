function bad() { throw new Error('bad') } bad()
