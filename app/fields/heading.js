// A heading from somebody's text, which Streamlit's own would read as Markdown.
export default function ({ data, parentElement }) {
  const heading = parentElement.querySelector("h1") ?? document.createElement("h1");
  heading.textContent = data.text;
  if (!heading.isConnected) parentElement.append(heading);
}
