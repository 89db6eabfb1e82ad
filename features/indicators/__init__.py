"""What indicators are counted from: views of the insured, of care and of accounts, and the periods of the data.

A run keeps these views (`persist=True`), so that the list behind a value is made from the same rows as the value.
The lists themselves, with their cards, lie in `detection/indicators/`.
"""
