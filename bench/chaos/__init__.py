"""What becomes of acknowledged writes, readers and limits when things break; docs/chaos.md."""
