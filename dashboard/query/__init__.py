"""Pure questions to the snapshot: LazyFrames and ids in, a DataFrame out. No Streamlit, no words."""
