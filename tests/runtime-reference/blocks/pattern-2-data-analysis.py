# Copied unchanged from the user's own document "Python Runtime API Reference" (seeds/003), section "Pattern 2: Data Science Library Wrapper (pandas, numpy)".
# python/data_analysis.py
"""Wrap pandas for data analysis"""

import pandas as pd
import numpy as np
from mxcp.runtime import db

def analyze_dataframe(table_name: str) -> dict:
    """Analyze a table using pandas"""
    # Read from DuckDB into pandas
    df = db.execute(f"SELECT * FROM {table_name}").df()

    # Pandas analysis
    analysis = {
        "shape": df.shape,
        "columns": list(df.columns),
        "dtypes": df.dtypes.astype(str).to_dict(),
        "missing_values": df.isnull().sum().to_dict(),
        "summary_stats": df.describe().to_dict(),
        "memory_usage": df.memory_usage(deep=True).sum()
    }

    # Numeric column correlations
    numeric_cols = df.select_dtypes(include=[np.number]).columns
    if len(numeric_cols) > 1:
        analysis["correlations"] = df[numeric_cols].corr().to_dict()

    return analysis

def pandas_query(table_name: str, operation: str) -> dict:
    """Execute pandas operations on DuckDB table"""
    df = db.execute(f"SELECT * FROM {table_name}").df()

    # Support common pandas operations
    if operation == "describe":
        result = df.describe().to_dict()
    elif operation == "head":
        result = df.head(10).to_dict('records')
    elif operation == "value_counts":
        # For first categorical column
        cat_col = df.select_dtypes(include=['object']).columns[0]
        result = df[cat_col].value_counts().to_dict()
    else:
        return {"error": f"Unknown operation: {operation}"}

    return {"operation": operation, "result": result}
