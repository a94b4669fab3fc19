; The setup for Windows 10 and 11, for one user, without an administrator.
;   makensis -DVERSION=0.1.0 -DNUMBERS=0.1.0.0 -DPAYLOAD=folder -DOUT=file.exe -DKILOBYTES=153000 juwei.nsi
; Exit codes with /S: 0 done · 1 cancelled · 3 the disk is full, read-only or the program does not work here ·
; 4 the backup does not verify, so the data stay · 5 the program is running · 6 the data are from a newer program.
Unicode true
!ifdef X64
Target amd64-unicode
!endif
!include "MUI2.nsh"
!include "LogicLib.nsh"
!include "FileFunc.nsh"
!include "WordFunc.nsh"
!include "nsDialogs.nsh"
!include "WinVer.nsh"
!include "x64.nsh"

!define NAME "居委工作台"
!define ID "JuweiWorkbench"
!define EXE "juwei.exe"
!define KEY "Software\${ID}"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${ID}"
!define BACKUP_CLASS "${ID}.Backup"
!define UNINSTALLER "卸载.exe"
!define KEPT "$INSTDIR\_installer"

Name "${NAME}"
OutFile "${OUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\${ID}"
InstallDirRegKey HKCU "${KEY}" "InstallDir"
!ifdef QUICK ; only to try an upgrade
SetCompress off
!else
SetCompressor /SOLID lzma
!endif
CRCCheck force
BrandingText "${NAME} ${VERSION}"
VIProductVersion "${NUMBERS}"
VIAddVersionKey /LANG=2052 "ProductName" "${NAME}"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "FileDescription" "${NAME} 安装程序"
VIAddVersionKey /LANG=2052 "LegalCopyright" "MIT"

!define MUI_ICON "..\..\resources\icons\juwei.ico"
!define MUI_UNICON "..\..\resources\icons\juwei.ico"
!define MUI_WELCOMEFINISHPAGE_BITMAP "..\pictures\setup-side.bmp"
!define MUI_UNWELCOMEFINISHPAGE_BITMAP "..\pictures\setup-side.bmp"
!define MUI_HEADERIMAGE
!define MUI_HEADERIMAGE_RIGHT
!define MUI_HEADERIMAGE_BITMAP "..\pictures\setup-head.bmp"
!define MUI_ABORTWARNING
!define MUI_WELCOMEPAGE_TITLE "安装${NAME} ${VERSION}"
!define MUI_WELCOMEPAGE_TEXT "只给您自己安装，不用管理员，不联网。$\r$\n$\r$\n已经装过的，会换成这一版，资料和设置都留着。$\r$\n$\r$\n安装前请先关闭正在用的${NAME}。"
!define MUI_DIRECTORYPAGE_TEXT_TOP "程序放在下面这个文件夹，一般不用改。资料另放在您自己的资料夹里，换版本、卸载都不动它。"
!define MUI_FINISHPAGE_TITLE "装好了"
!define MUI_FINISHPAGE_TEXT "桌面和开始菜单里有“${NAME}”。$\r$\n$\r$\n第一次使用时，请按提示设密码，打印恢复码并收好。"
!define MUI_FINISHPAGE_RUN "$INSTDIR\${EXE}"
!define MUI_FINISHPAGE_RUN_TEXT "现在打开${NAME}"
!insertmacro MUI_PAGE_WELCOME
!define MUI_PAGE_CUSTOMFUNCTION_LEAVE LeaveDirectory
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH

UninstPage custom un.DataPage un.LeaveDataPage
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

Var DataDir
Var RemoveData
Var Backup
Var Field
Var Tick
Var Browse
Var Answer

; A program in use cannot be opened for writing: no plug-in and no list of processes is needed to notice it.
!macro DefineWaitUntilClosed UN
Function ${UN}WaitUntilClosed
  again:
  IfFileExists "$INSTDIR\${EXE}" 0 closed
  ClearErrors
  FileOpen $0 "$INSTDIR\${EXE}" a
  IfErrors 0 close
  IfSilent 0 ask
  SetErrorLevel 5
  Quit
  ask:
  MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "${NAME}正在运行。请先保存并关闭程序，再点“重试”。" IDRETRY again
  SetErrorLevel 5
  Quit
  close:
  FileClose $0
  closed:
FunctionEnd
!macroend
!insertmacro DefineWaitUntilClosed ""
!insertmacro DefineWaitUntilClosed "un."

; Say the sentence, or only leave with the code where nobody looks.
!macro Refuse CODE TEXT
  SetErrorLevel ${CODE}
  MessageBox MB_OK|MB_ICONSTOP "${TEXT}" /SD IDOK
  Quit
!macroend

!macro FindData
  StrCpy $DataDir "$LOCALAPPDATA\${ID}"
!macroend

Function .onInit
  SetShellVarContext current
  !insertmacro FindData
  ${IfNot} ${AtLeastWin10}
    !insertmacro Refuse 3 "${NAME}要 Windows 10 或 11，这台电脑上不能用。"
  ${EndIf}
  ${IfNot} ${RunningX64}
    !insertmacro Refuse 3 "${NAME}要64位的 Windows，这台电脑上不能用。"
  ${EndIf}
  ; An older program would not open the data a newer one has used: better to say so before anything is replaced.
  ReadRegStr $0 HKCU "${KEY}" "DataVersion"
  ${If} $0 != ""
  ${AndIf} ${FileExists} "$DataDir\current"
    ${VersionCompare} "$0" "${VERSION}" $1
    ${If} $1 == 1
      !insertmacro Refuse 6 "这台电脑上的资料是新版程序（$0）用过的，这一版（${VERSION}）打不开。没有安装，资料没有动。请用 $0 或更新的安装包。"
    ${EndIf}
  ${EndIf}
FunctionEnd

Function LeaveDirectory
  ; The data folder is emptied by nobody; a program folder is emptied on every upgrade.
  ${If} $INSTDIR == $DataDir
    MessageBox MB_OK|MB_ICONEXCLAMATION "这个文件夹放着资料，程序请放在别的文件夹。"
    Abort
  ${EndIf}
FunctionEnd

; What cannot work is said before anything is written.
!macro RefuseSmallDisk
  ${GetRoot} "$INSTDIR" $0
  ; In megabytes: a large disk has more kilobytes than a number here can be.
  ${DriveSpace} "$0\" "/D=F /S=M" $1
  IntOp $2 ${KILOBYTES} / 1024
  IntOp $2 $2 + 20
  ${If} $1 != ""
  ${AndIf} $1 < $2
    !insertmacro Refuse 3 "磁盘空间不够：要 $2 MB，只剩 $1 MB。没有安装，原来的程序和资料没有动。请清理后再装。"
  ${EndIf}
!macroend

; New files come into a folder of their own; the old ones make way only when the new program has tested itself.
Section
  SetShellVarContext current
  Call WaitUntilClosed
  !insertmacro RefuseSmallDisk
  CreateDirectory "$INSTDIR"
  RMDir /r "$INSTDIR\_new"
  RMDir /r "$INSTDIR\_old"
  ClearErrors
  SetOutPath "$INSTDIR\_new"
  File /r "${PAYLOAD}/*"
  IfErrors 0 written
    Call CleanUp
    !insertmacro Refuse 3 "文件没有写全（磁盘满了，或不能写入 $INSTDIR）。已经退回，原来的程序和资料没有动。"
  written:
  SetOutPath "$TEMP"
  DetailPrint "正在检查程序在这台电脑上能不能用…"
  nsExec::ExecToStack '"$INSTDIR\_new\${EXE}" self-test --json'
  Pop $0
  Pop $1
  ${If} $0 != 0
    Call CleanUp
    !insertmacro Refuse 3 "程序在这台电脑上没有通过自检，没有安装，原来的程序和资料没有动。"
  ${EndIf}
  CreateDirectory "$INSTDIR\_old"
  Rename "$INSTDIR\_internal" "$INSTDIR\_old\_internal"
  Rename "$INSTDIR\${EXE}" "$INSTDIR\_old\${EXE}"
  ClearErrors
  Rename "$INSTDIR\_new\_internal" "$INSTDIR\_internal"
  Rename "$INSTDIR\_new\${EXE}" "$INSTDIR\${EXE}"
  IfErrors 0 replaced
    Rename "$INSTDIR\_old\_internal" "$INSTDIR\_internal"
    Rename "$INSTDIR\_old\${EXE}" "$INSTDIR\${EXE}"
    Call CleanUp
    !insertmacro Refuse 3 "不能换掉 $INSTDIR 里的旧程序，没有装成。资料没有动，请重新启动电脑后再装一次。"
  replaced:
  Call CleanUp
  WriteUninstaller "$INSTDIR\${UNINSTALLER}"
  Call KeepInstaller
  Call Register
SectionEnd

; For the emergency stick: the new computer will need this very setup. Without room for it the program asks for the file.
Function KeepInstaller
  ; Started from there to mend the program, it is kept already, and Windows does not let go of a file that runs.
  ${If} $EXEDIR != "${KEPT}"
    RMDir /r "${KEPT}"
    CreateDirectory "${KEPT}"
    ClearErrors
    CopyFiles /SILENT "$EXEPATH" "${KEPT}\JuweiWorkbench-${VERSION}.exe"
    ${If} ${Errors}
      RMDir /r "${KEPT}"
    ${EndIf}
  ${EndIf}
FunctionEnd

; Never the whole of a folder the user has chosen: only what this setup brought. Without anything in it, it goes too.
Function CleanUp
  SetOutPath "$TEMP"
  RMDir /r "$INSTDIR\_new"
  RMDir /r "$INSTDIR\_old"
  RMDir "$INSTDIR"
FunctionEnd

Function .onInstFailed
  ; A disk that fills while a file is being written ends here.
  Call CleanUp
  SetErrorLevel 3
FunctionEnd

Function Register
  CreateDirectory "$SMPROGRAMS\${NAME}"
  SetOutPath "$INSTDIR"
  CreateShortCut "$SMPROGRAMS\${NAME}\${NAME}.lnk" "$INSTDIR\${EXE}"
  CreateShortCut "$SMPROGRAMS\${NAME}\卸载${NAME}.lnk" "$INSTDIR\${UNINSTALLER}"
  CreateShortCut "$DESKTOP\${NAME}.lnk" "$INSTDIR\${EXE}"
  WriteRegStr HKCU "${KEY}" "InstallDir" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "DataVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\${EXE}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\${UNINSTALLER}"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\${UNINSTALLER}" /S'
  ClearErrors
  StrCpy $2 0
  FileOpen $0 "${KEPT}\JuweiWorkbench-${VERSION}.exe" r
  ${IfNot} ${Errors}
    FileSeek $0 0 END $2
    FileClose $0
  ${EndIf}
  IntOp $2 $2 / 1024
  IntOp $2 $2 + ${KILOBYTES}
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" $2
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
  ; A double click on a backup opens the page for restoring.
  WriteRegStr HKCU "Software\Classes\.juwei" "" "${BACKUP_CLASS}"
  WriteRegStr HKCU "Software\Classes\${BACKUP_CLASS}" "" "${NAME}的备份"
  WriteRegStr HKCU "Software\Classes\${BACKUP_CLASS}\DefaultIcon" "" "$INSTDIR\_internal\desktop\_resources\icons\juwei-backup.ico"
  WriteRegStr HKCU "Software\Classes\${BACKUP_CLASS}\shell\open\command" "" '"$INSTDIR\${EXE}" "%1"'
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
FunctionEnd

Function un.onInit
  SetShellVarContext current
  !insertmacro FindData
  StrCpy $RemoveData no
  ; Without a window: 卸载.exe /S /REMOVEDATA="a backup", only if that backup verifies.
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/REMOVEDATA=" $Backup
  ${IfNot} ${Errors}
    StrCpy $RemoveData yes
  ${EndIf}
FunctionEnd

Function un.DataPage
  !insertmacro MUI_HEADER_TEXT "资料留着吗？" "卸载只去掉程序，资料一般都留着。"
  nsDialogs::Create 1018
  Pop $0
  ${NSD_CreateLabel} 0 0 100% 36u "资料放在：$\r$\n$DataDir$\r$\n不勾选就全部留着，以后重新安装还能接着用。"
  Pop $0
  ${NSD_CreateCheckbox} 0 46u 100% 12u "把这台电脑上的资料也删掉（先选一份备份，核对完好才删）"
  Pop $Tick
  ${NSD_OnClick} $Tick un.Ticked
  ${NSD_CreateText} 0 66u 78% 13u "$Backup"
  Pop $Field
  ${NSD_CreateBrowseButton} 80% 65u 20% 15u "选备份…"
  Pop $Browse
  ${NSD_OnClick} $Browse un.Browse
  ${NSD_CreateLabel} 0 90u 100% 36u "请选最近的一份备份。这里只能核对备份没有坏，不能看出备份以后又记了什么；拿不准，就先打开程序再备份一次。"
  Pop $0
  EnableWindow $Field 0
  EnableWindow $Browse 0
  ${IfNot} ${FileExists} "$DataDir\current"
    EnableWindow $Tick 0
  ${EndIf}
  nsDialogs::Show
FunctionEnd

Function un.Ticked
  Pop $0
  ${NSD_GetState} $Tick $0
  EnableWindow $Field $0
  EnableWindow $Browse $0
FunctionEnd

Function un.Browse
  Pop $0
  nsDialogs::SelectFolderDialog "选一份备份（名字以“居委工作台备份_”开头的文件夹）" "$DESKTOP"
  Pop $0
  ${If} $0 != error
    ${NSD_SetText} $Field "$0"
  ${EndIf}
FunctionEnd

Function un.LeaveDataPage
  StrCpy $RemoveData no
  ${NSD_GetState} $Tick $0
  ${If} $0 == ${BST_CHECKED}
    ${NSD_GetText} $Field $Backup
    Call un.VerifyBackup
    ${If} $Answer != 0
      MessageBox MB_OK|MB_ICONEXCLAMATION "这份备份没有通过核对，资料没有动。请另选一份备份，或去掉勾选。"
      Abort
    ${EndIf}
    MessageBox MB_YESNO|MB_ICONEXCLAMATION|MB_DEFBUTTON2 "备份完好。$\r$\n确定要删掉这台电脑上的全部资料吗？删掉以后只能用备份恢复。" IDYES sure
    Abort
    sure:
    StrCpy $RemoveData yes
  ${EndIf}
FunctionEnd

Function un.VerifyBackup
  nsExec::ExecToStack '"$INSTDIR\${EXE}" verify "$Backup"'
  Pop $Answer
  Pop $0
FunctionEnd

Section "Uninstall"
  SetShellVarContext current
  Call un.WaitUntilClosed
  ${If} $RemoveData == yes
    ; Once more: a stick may have been pulled since.
    Call un.VerifyBackup
    ${If} $Answer != 0
      !insertmacro Refuse 4 "备份没有通过核对。没有卸载，资料没有动。"
    ${EndIf}
  ${EndIf}
  Delete "$DESKTOP\${NAME}.lnk"
  RMDir /r "$SMPROGRAMS\${NAME}"
  ; Only what the setup brought: the folder may be one that holds other things.
  RMDir /r "$INSTDIR\_internal"
  RMDir /r "${KEPT}"
  Delete "$INSTDIR\${EXE}"
  Delete "$INSTDIR\${UNINSTALLER}"
  SetOutPath "$TEMP"
  RMDir "$INSTDIR"
  DeleteRegKey HKCU "${UNINSTALL_KEY}"
  DeleteRegKey HKCU "Software\Classes\${BACKUP_CLASS}"
  DeleteRegKey HKCU "Software\Classes\.juwei"
  DeleteRegValue HKCU "${KEY}" "InstallDir"
  ${If} $RemoveData == yes
    RMDir /r "$DataDir"
    DeleteRegKey HKCU "${KEY}"
    DetailPrint "程序和资料都删掉了。备份在 $Backup"
  ${Else}
    ; DataVersion stays with the data: an older setup must still find it.
    DetailPrint "程序已卸载。资料没有删，还在 $DataDir"
    MessageBox MB_OK|MB_ICONINFORMATION "程序已卸载。资料没有删，还在：$\r$\n$DataDir" /SD IDOK
  ${EndIf}
SectionEnd
