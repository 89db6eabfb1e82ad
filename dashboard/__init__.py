"""Alerts become screens: the Streamlit supervision dashboard, in English and Chinese."""
