{{- define "collection-sync.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}

{{/* what a step before a service has: its arguments are the root, the name and the settings */}}
{{- define "collection-sync.step" -}}
- name: {{ .name }}
  image: {{ include "collection-sync.image" .root }}
  {{- with .root.Values.image.pullPolicy }}
  imagePullPolicy: {{ . }}
  {{- end }}
  args: [apps/{{ .name }}/dist/main.js]
  envFrom:
    {{- range .settings }}
    - configMapRef: { name: collection-sync-{{ . }} }
    {{- end }}
  securityContext: {{- include "collection-sync.nothing" . | nindent 4 }}
  resources:
    requests: { cpu: 50m, memory: 96Mi }
    limits: { memory: 256Mi }
  volumeMounts:
    - { name: {{ .name }}-secrets, mountPath: /etc/collection-sync/secrets, readOnly: true }
    - { name: authorities, mountPath: /etc/collection-sync/authorities, readOnly: true }
{{- end }}

{{- define "collection-sync.nothing" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end }}
