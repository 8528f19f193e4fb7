"""What people do: one function a deed, one transaction. No Flask, no page, and no SQL of its own."""
