{{- define "operator.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "operator.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" }}
{{- else if contains (include "operator.name" .) .Release.Name }}
{{- .Release.Name | trunc 63 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name (include "operator.name" .) | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- define "operator.selectorLabels" -}}
app.kubernetes.io/name: {{ include "operator.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "operator.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{ include "operator.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- define "operator.serviceAccountName" -}}
{{- if .Values.serviceAccount.create }}
{{- default (include "operator.fullname" .) .Values.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{- /* The watched namespaces, separated by commas; a single * for all of them. */}}
{{- define "operator.watchNamespaces" -}}
{{- join "," (default (list .Release.Namespace) .Values.watchNamespaces) }}
{{- end }}

{{- /* "true" when any listener for passwords is open. */}}
{{- define "operator.takesPasswords" -}}
{{- if or .Values.passwords.https.enabled .Values.passwords.ldaps.enabled }}true{{ end }}
{{- end }}

{{- /* What the operator may do in every namespace it watches. */}}
{{- define "operator.watchRules" -}}
- apiGroups: [salesforcesync.dev]
  resources: [salesforceconnections, syncpolicies, licenseschedules]
  verbs: [get, list, watch]
- apiGroups: [salesforcesync.dev]
  resources: [salesforceconnections/status, syncpolicies/status, licenseschedules/status]
  verbs: [get, update, patch]
- apiGroups: [""]
  resources: [secrets]
  verbs: [get, list, watch]
- apiGroups: [""]
  resources: [events]
  verbs: [get, create, patch]
{{- /* Answers to the annotations explain and plan, beside the policy that was asked. */}}
- apiGroups: [""]
  resources: [configmaps]
  verbs: [get, create, update, delete]
{{- end }}
