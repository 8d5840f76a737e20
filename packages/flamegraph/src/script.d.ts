/** A script with all it imports as one text, put in by the build. */
declare module '*?script' {
  const text: string
  export default text
}
