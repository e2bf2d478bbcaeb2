"""What happens when somebody writes or taps: one file a duty.

A handler takes the text out, asks the core, sends the reply. It compares no scores and holds no
text for people.
"""
