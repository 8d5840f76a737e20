import './dist/register.cjs'
