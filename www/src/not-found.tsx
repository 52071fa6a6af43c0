export function NotFound() {
  return (
    <div class="plain-page">
      <h1 tabIndex={-1}>There is nothing here</h1>
      <p>
        This address leads nowhere. <a href="/">Go to the start</a>
      </p>
    </div>
  );
}
