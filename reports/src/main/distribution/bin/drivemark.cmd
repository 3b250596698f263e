@echo off
rem Starts Drivemark. Java options go into DRIVEMARK_OPTS, for example set DRIVEMARK_OPTS=-Xmx8g.
setlocal
set "HOME_DIR=%~dp0.."
if defined JAVA_HOME (set "JAVA_EXE=%JAVA_HOME%\bin\java.exe") else (set "JAVA_EXE=java.exe")
if not defined OMP_WAIT_POLICY set "OMP_WAIT_POLICY=passive"
set "OPT_OUT_TRACKING=true"
set "ORT_DISABLE_TELEMETRY=1"
rem The classes of a start, laid out when the distribution was built; Java takes them where they fit.
set "ARCHIVE="
if exist "%HOME_DIR%\drivemark.jsa" set ARCHIVE="-XX:SharedArchiveFile=%HOME_DIR%\drivemark.jsa"
"%JAVA_EXE%" -XX:MaxRAMPercentage=40 -Xshare:auto %ARCHIVE% "-Xlog:cds*=off" ^
  -Djava.awt.headless=true -Dfile.encoding=UTF-8 ^
  -Dai.djl.offline=true -DOPT_OUT_TRACKING=true ^
  -Dorg.slf4j.simpleLogger.defaultLogLevel=warn -Dorg.slf4j.simpleLogger.log.ai.djl=error ^
  %DRIVEMARK_OPTS% ^
  -cp "%HOME_DIR%\lib\drivemark-reports.jar;%HOME_DIR%\lib\*" ^
  io.drivemark.cli.Main %*
exit /b %ERRORLEVEL%
