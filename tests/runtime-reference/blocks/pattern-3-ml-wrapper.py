# Copied unchanged from the user's own document "Python Runtime API Reference" (seeds/003), section "Pattern 3: ML Library Wrapper (scikit-learn)".
# python/ml_wrapper.py
"""Wrap scikit-learn for ML tasks"""

from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import train_test_split
from mxcp.runtime import db, on_init
import pickle
import os

# Global model store
models = {}

@on_init
def load_models():
    """Load saved models on startup"""
    global models
    model_dir = "models"
    if os.path.exists(model_dir):
        for file in os.listdir(model_dir):
            if file.endswith('.pkl'):
                model_name = file[:-4]
                with open(os.path.join(model_dir, file), 'rb') as f:
                    models[model_name] = pickle.load(f)

def train_classifier(
    table_name: str,
    target_column: str,
    feature_columns: list[str],
    model_name: str = "default"
) -> dict:
    """Train a classifier on DuckDB table"""
    # Load data
    df = db.execute(f"SELECT * FROM {table_name}").df()

    X = df[feature_columns]
    y = df[target_column]

    # Split data
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=42)

    # Train model
    model = RandomForestClassifier(n_estimators=100, random_state=42)
    model.fit(X_train, y_train)

    # Evaluate
    train_score = model.score(X_train, y_train)
    test_score = model.score(X_test, y_test)

    # Save model
    global models
    models[model_name] = model
    os.makedirs("models", exist_ok=True)
    with open(f"models/{model_name}.pkl", 'wb') as f:
        pickle.dump(model, f)

    return {
        "model_name": model_name,
        "train_accuracy": train_score,
        "test_accuracy": test_score,
        "feature_importance": dict(zip(feature_columns, model.feature_importances_))
    }

def predict(model_name: str, features: dict) -> dict:
    """Make prediction with trained model"""
    if model_name not in models:
        return {"error": f"Model '{model_name}' not found"}

    model = models[model_name]

    # Convert features to DataFrame with correct order
    import pandas as pd
    feature_df = pd.DataFrame([features])

    prediction = model.predict(feature_df)[0]
    probabilities = model.predict_proba(feature_df)[0] if hasattr(model, 'predict_proba') else None

    return {
        "prediction": prediction,
        "probabilities": probabilities.tolist() if probabilities is not None else None
    }
