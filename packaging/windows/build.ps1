# Makes the Windows setup on Windows 10 or 11, for release.
#   powershell -ExecutionPolicy Bypass -File packaging\windows\build.ps1 [-Python path] [-Sign thumbprint]
# Needs Python 3.11, 64 bit, from python.org, and NSIS 3.08 or newer (makensis on the path or in Program Files).
# What is signed, and with what, is said in docs/releasing.md; without -Sign the setup is made unsigned and says so.
param(
    [string]$Python = "py",
    [string]$Sign = "",
    [string]$Timestamp = ""
)
$ErrorActionPreference = "Stop"
$clone = (Resolve-Path (Join-Path $PSScriptRoot "..\..")).Path
$out = Join-Path $clone "build\package"
$freezer = Join-Path $clone "build\freezer"
$program = Join-Path $out "frozen\juwei-workbench"

function Stop-With([string]$sentence) {
    Write-Host $sentence -ForegroundColor Red
    exit 3
}

function Invoke-Checked([string]$what, [scriptblock]$command) {
    & $command
    if ($LASTEXITCODE -ne 0) { Stop-With "$what failed" }
}

function Invoke-Signing([string[]]$files) {
    if (-not $Sign) { return }
    $signtool = Get-Command signtool -ErrorAction SilentlyContinue
    if (-not $signtool) { Stop-With "signtool is not on the path: install the Windows SDK" }
    $options = @("sign", "/sha1", $Sign, "/fd", "SHA256")
    if ($Timestamp) { $options += @("/tr", $Timestamp, "/td", "SHA256") }
    Invoke-Checked "signing" { & $signtool.Source @options @files }
}

$chosen = if ($Python -eq "py") { @("py", "-3.11") } else { @($Python) }
$rest = @($chosen | Select-Object -Skip 1)
$bits = & $chosen[0] @rest -c "import struct, sys; print(f'{sys.version_info[0]}.{sys.version_info[1]} {struct.calcsize(`"P`") * 8}')"
if ($bits -ne "3.11 64") { Stop-With "Python 3.11, 64 bit, is needed; found: $bits" }

$makensis = Get-Command makensis -ErrorAction SilentlyContinue
$makensis = if ($makensis) { $makensis.Source } else { Join-Path ${env:ProgramFiles(x86)} "NSIS\makensis.exe" }
if (-not (Test-Path $makensis)) { Stop-With "makensis is missing: install NSIS" }

# 1. An environment with exactly what the lock says.
if (-not (Test-Path "$freezer\Scripts\python.exe")) {
    Invoke-Checked "venv" { & $chosen[0] @rest -m venv $freezer }
}
$own = "$freezer\Scripts\python.exe"
Invoke-Checked "pip" { & $own -m pip install --quiet --disable-pip-version-check --require-hashes -r "$clone\packaging\freeze.lock" }

# 2. One folder.
if (Test-Path $program) { Remove-Item -Recurse -Force $program }
Push-Location $clone
Invoke-Checked "PyInstaller" {
    & $own -m PyInstaller --noconfirm --log-level WARN --workpath "$out\work" --distpath "$out\frozen" packaging\freeze\juwei.spec
}
Pop-Location
$bytes = (Get-ChildItem -Recurse -File $program | Measure-Object -Sum Length).Sum
if ($bytes -gt 330MB) { Stop-With "the folder is larger than 330 MB" }

# 3. It works here. A windowed program is waited for only if its output is taken.
$answer = & "$program\juwei.exe" self-test --json | Out-String
Write-Host $answer
if (-not $answer.StartsWith('{"ok": true')) { Stop-With "the self-test failed" }

# 4. Signed before it is packed: the setup, its uninstaller's host and the program are what Windows asks about.
Invoke-Signing @("$program\juwei.exe")

# 5. The setup.
$version = (Select-String -Path "$clone\desktop\__init__.py" -Pattern '^__version__ = "(.+)"$').Matches[0].Groups[1].Value
$setup = "$out\JuweiWorkbench-$version.exe"
$kilobytes = [math]::Ceiling($bytes / 1024)
Invoke-Checked "makensis" {
    & $makensis /V2 /WX "/DVERSION=$version" "/DNUMBERS=$version.0" "/DKILOBYTES=$kilobytes" `
        "/DPAYLOAD=$program" "/DOUT=$setup" "$clone\packaging\windows\juwei.nsi"
}
Invoke-Signing @($setup)
if ((Get-Item $setup).Length -gt 110MB) { Stop-With "the setup is larger than 110 MB" }
# The setup keeps a copy of itself beside the program, for the emergency stick.
if ($bytes + (Get-Item $setup).Length -gt 330MB) { Stop-With "program and kept setup are larger than 330 MB" }
Write-Host "$setup  SHA-256 $((Get-FileHash $setup -Algorithm SHA256).Hash)"
if (-not $Sign) { Write-Host "not signed: SmartScreen will warn (docs/releasing.md)" -ForegroundColor Yellow }
