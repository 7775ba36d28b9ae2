"""The JSON API: read-only, versioned; its description is generated from the types here."""
