"""Markdown as this site reads it: lines to blocks, blocks to a tree, the tree to HTML with gaps."""
