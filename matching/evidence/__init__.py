"""How well training has worked: studies by tier, counted outcomes drawn towards their peers, the five elements.

Findings of no gain and of harm are shown as plainly as gains. A study never changes the value of a plan.
"""
