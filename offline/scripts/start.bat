@echo off
rem Starts Atalaya from this folder, without a network.
chcp 65001 >nul
cd /d "%~dp0program"
for %%v in (@PYTHONS@) do (
    py -%%v -c "" >nul 2>nul && (
        py -%%v -m offline.laptop %*
        goto end
    )
)
python -c "import sys; sys.exit('%%d.%%d' %% sys.version_info[:2] not in '@PYTHONS@'.split())" >nul 2>nul && (
    python -m offline.laptop %*
    goto end
)
@WORDS@
:end
pause
